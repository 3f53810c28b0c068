import type { CanaryReport } from "./canary-report.ts";
import type { RunKind, Target } from "./fact.ts";
import type { Finding } from "./finding.ts";
import type { LoadReport } from "./load-report.ts";
import type { Verdict } from "./verdict.ts";

/** The outcome of a run: a pure function of its journal. */
export interface Report {
  readonly version: 1;
  readonly run: {
    readonly id: string;
    readonly kind: RunKind;
    readonly target: Target;
    /** ISO 8601, UTC. */
    readonly startedAt: string;
    readonly durationMs: number;
    /** True where the run was stopped before its end: it shows what had been journalled. */
    readonly interrupted: boolean;
  };
  readonly verdict: Verdict;
  readonly scenarios: readonly ScenarioResult[];
  readonly findings: readonly Finding[];
  readonly events: EventCounts;
  /** From intended time to the sink, over the events that arrived. */
  readonly latency: Latency;
  /** Checks that judged nothing for want of something to give, a sentence each; absent where there are none. */
  readonly notChecked?: readonly string[] | undefined;
  /** Load runs only: one for each scenario. */
  readonly loads?: readonly LoadReport[] | undefined;
  /** Canary runs only. */
  readonly canary?: CanaryReport | undefined;
}

export interface ScenarioResult {
  readonly name: string;
  readonly sentence: string;
  readonly verdict: Verdict;
  readonly durationMs: number;
  readonly events: EventCounts;
  readonly hops: readonly HopResult[];
  readonly latency: Latency;
}

/** What one hop saw, for the drawing of the pipeline. */
export interface HopResult {
  readonly name: string;
  readonly kind: string;
  /** Events (or, for a metric of bytes, bytes) that should have been seen here, and that were. */
  readonly expected: number;
  readonly seen: number;
  readonly verdict: Verdict;
}

export interface EventCounts {
  readonly intended: number;
  readonly sent: number;
  readonly acked: number;
  readonly rejected: number;
  readonly unknown: number;
  readonly arrived: number;
  readonly lost: number;
  /** Acked, not seen at the sink, and nobody read far enough to call it lost: acked ones are arrived, lost or this. */
  readonly unaccounted: number;
  readonly duplicated: number;
  readonly unexpected: number;
  readonly recovered: number;
  readonly outOfOrder: number;
}

export type Latency =
  | { readonly kind: "none" }
  | {
      readonly kind: "measured";
      readonly count: number;
      readonly p50Ms: number;
      readonly p90Ms: number;
      readonly p99Ms: number;
      readonly maxMs: number;
      /** Sent time minus intended time: what the sender itself added. */
      readonly maxSendDelayMs: number;
    };
