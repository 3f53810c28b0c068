import type { CanaryRun } from "./canary.ts";

/** What a canary's run adds to the report. Everything is computed from the journal. */
export interface CanaryReport {
  /** The line for the history. */
  readonly run: CanaryRun;
  /** How many runs of the same stack it was judged with. */
  readonly historyRuns: number;
  /** Most called first. */
  readonly calls: readonly {
    /** `dynamodb:BatchGetItem`. */
    readonly operation: string;
    readonly count: number;
    readonly usd: number;
  }[];
  readonly pricesAsOf: string;
}
