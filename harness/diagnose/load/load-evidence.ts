import type { LoadPolicy } from "../../model/load.ts";
import type { PhaseResult } from "../../model/load-report.ts";
import type { Scenario } from "../../model/scenario.ts";
import type { StackSize } from "../../model/stack-size.ts";
import type { MetricTable } from "./metric-table.ts";

/** Everything that says what holds a stack back. */
export interface LoadEvidence {
  readonly scenario: Scenario;
  readonly size: StackSize;
  readonly eventsPerRequest: number;
  readonly policy: LoadPolicy;
  readonly phases: readonly PhaseResult[];
  readonly metrics: MetricTable;
  /** Requests by second (whole seconds since the epoch) and answer: `429`, `502`, `timeout`. */
  readonly answers: readonly { readonly second: number; readonly answer: string; readonly requests: number }[];
}

/** What one limit's own metrics say of one phase. */
export type Movement =
  | { readonly kind: "still" }
  | {
      readonly kind: "moved";
      /** Start of the first datapoint that shows it. */
      readonly firstAtMs: number;
      /** How exactly that is known: the datapoint's period. */
      readonly withinMs: number;
      readonly subject: string;
      readonly evidence: readonly string[];
      /** 3: the service refused and said so; 2: the entry's answers say so; 1: inferred from what became slow. */
      readonly weight: 1 | 2 | 3;
    }
  /** The pipeline has no such part. */
  | { readonly kind: "not-there" }
  | { readonly kind: "unknown"; readonly reason: string };
