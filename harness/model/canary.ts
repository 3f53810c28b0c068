import type { Verdict } from "./verdict.ts";

/** What a canary promises over many runs, and what one run may cost. */
export interface Objectives {
  /** Share of runs that must succeed, over the last `windowRuns`. */
  readonly successRatio: number;
  readonly windowRuns: number;
  /** So many failures in the last so many runs are a trend, whatever the window says. */
  readonly trendFailures: number;
  readonly trendRuns: number;
  /** With fewer runs of history than this, nothing can be called a blip: a failure fails. */
  readonly leastRuns: number;
  /** What a single failure is worth while the objective is kept. */
  readonly blip: "pass" | "unknown";
  /** Most time an event may take to its sink. */
  readonly sinkLatencyMs: number;
  /** Most time until the run's own metrics show. */
  readonly metricsFreshnessMs: number;
  /** Hard limits of one run: what would go beyond is not done, and what it would have shown is unknown. */
  readonly timeBudgetMs: number;
  readonly costBudgetUsd: number;
}

/** One run of a canary, as its history keeps it: a line of NDJSON. */
export interface CanaryRun {
  readonly version: 1;
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Account, region and deployment: runs of other stacks in the same file do not count. */
  readonly stack: string;
  /** Before objectives and acknowledgements are applied. */
  readonly verdict: Verdict;
  /** Slowest event of the run; null where none arrived. */
  readonly sinkLatencyMs: number | null;
  /** Null where no metric was awaited, or none came. */
  readonly metricsFreshnessMs: number | null;
  /** `code subject` of what failed and was not acknowledged. */
  readonly failing: readonly string[];
  readonly calls: number;
  readonly costUsd: number;
}

/** A failure that is known, and until when it may be left alone. */
export interface Acknowledgement {
  /** Glob of finding codes. */
  readonly code: string;
  /** Glob of subjects; all where it is left out. */
  readonly subject?: string | undefined;
  /** ISO 8601 date or time: from then on it counts again. */
  readonly until: string;
  readonly reason: string;
}

/** What a canary's run knows beside what it sees. */
export interface CanaryContext {
  readonly stack: string;
  readonly objectives: Objectives;
  /** Oldest first; only runs of this stack. */
  readonly history: readonly CanaryRun[];
  readonly acknowledgements: readonly Acknowledgement[];
}
