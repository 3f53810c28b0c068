import type { LimitName, LoadPhase, LoadPolicy, LoadSpec } from "./load.ts";
import type { Verdict } from "./verdict.ts";

/** What a load run adds to the report of each of its scenarios. Everything is computed from the journal. */
export interface LoadReport {
  readonly scenario: string;
  readonly spec: LoadSpec;
  readonly phases: readonly PhaseResult[];
  readonly seconds: SecondSeries;
  readonly metrics: readonly MetricSeries[];
  /** Percentile curves, from the histograms added over all threads and seconds. */
  readonly entryLatency: PercentileCurve;
  readonly sinkLatency: PercentileCurve;
  readonly heat: LatencyHeat;
  readonly capacity: Capacity;
  readonly recommendation: Recommendation | null;
  /** One sentence: expires by TTL, removed, left. */
  readonly cleanup: string;
  /** What a closed loop measured; absent where the load followed a plan. */
  readonly saturation?: SaturationFigures | undefined;
}

/** Figures of a closed loop: as fast as the answers come, over a number of connections. No rate, and no capacity. */
export interface SaturationFigures {
  readonly connections: number;
  readonly durationMs: number;
  readonly ackedRequestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly rejectedRequests: number;
  readonly unknownRequests: number;
}

/** How one phase went. */
export interface PhaseResult {
  readonly plan: LoadPhase;
  readonly sentEventsPerSecond: number;
  readonly ackedEventsPerSecond: number;
  readonly unsentEvents: number;
  /** Events that were not acked, of those sent. */
  readonly errorRatio: number;
  readonly entryP50Ms: number | null;
  readonly entryP99Ms: number | null;
  readonly sinkP99Ms: number | null;
  /** By how much the backlog at the sink grew during the phase, events per second; null where it was not measured. */
  readonly backlogGrowthPerSecond: number | null;
  readonly sendDelayP99Ms: number | null;
  readonly holds: Verdict;
  /** Why it holds, or what broke it, with figures. */
  readonly why: string;
}

/** One number per second from `startMs` on; null where nothing was measured. */
export interface SecondSeries {
  readonly startMs: number;
  readonly planned: readonly number[];
  readonly sent: readonly number[];
  readonly acked: readonly number[];
  readonly errors: readonly number[];
  readonly inFlight: readonly number[];
  readonly p50Ms: readonly (number | null)[];
  readonly p99Ms: readonly (number | null)[];
}

export interface MetricSeries {
  /** `AWS/Kinesis IteratorAgeMilliseconds (Maximum)`. */
  readonly label: string;
  readonly unit: string;
  readonly points: readonly { readonly atMs: number; readonly value: number }[];
}

export type PercentileCurve = readonly { readonly percentile: number; readonly ms: number }[];

/** How many requests of each second took how long. `boundsMs[i]` is the upper bound of row `i`. */
export interface LatencyHeat {
  readonly startMs: number;
  readonly boundsMs: readonly number[];
  /** `counts[second][row]`. */
  readonly counts: readonly (readonly number[])[];
}

export type Capacity =
  | { readonly kind: "not-searched" }
  | { readonly kind: "unknown"; readonly reason: string }
  | {
      readonly kind: "found";
      /** Highest rate that held, and the lowest that did not; null where none broke up to the ceiling. */
      readonly holdsEventsPerSecond: number;
      readonly breaksEventsPerSecond: number | null;
      /** One sentence: how the bounds were found and how sure they are. */
      readonly confidence: string;
      /** Held for a while by saved-up capacity and not in the long run; null where nothing shows a burst. */
      readonly burst: { readonly eventsPerSecond: number; readonly seconds: number; readonly evidence: string } | null;
      readonly bottleneck: Bottleneck;
      /** What gives way after that, and at which rate, by the same evidence. */
      readonly next: Bottleneck;
    };

export type Bottleneck =
  | { readonly kind: "unknown"; readonly reason: string }
  | {
      readonly kind: "known";
      readonly limit: LimitName;
      /** `stream stackproof-dev-events`. */
      readonly subject: string;
      /** Rate at which it gives way. */
      readonly eventsPerSecond: number | null;
      readonly evidence: readonly string[];
    };

export interface Recommendation {
  readonly targetEventsPerSecond: number;
  /** Text of a `.auto.tfvars` file. */
  readonly tfvars: string;
  readonly changes: readonly {
    readonly variable: string;
    readonly before: string;
    readonly after: string;
    readonly why: string;
  }[];
  /** What must change and has no variable. */
  readonly byHand: readonly string[];
  readonly monthlyCost: {
    readonly beforeUsd: number;
    readonly afterUsd: number;
    readonly pricesAsOf: string;
    readonly lines: readonly { readonly item: string; readonly beforeUsd: number; readonly afterUsd: number }[];
    /** What the figures leave out or take for granted. */
    readonly assumptions: readonly string[];
  };
  readonly proof:
    | { readonly kind: "not-run"; readonly reason: string }
    | { readonly kind: "held" | "not-held"; readonly eventsPerSecond: number; readonly statement: string };
}

export type { LoadPolicy };
