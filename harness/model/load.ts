/** What to load, how hard, and what must hold: everything that is decided before the first send of a load run. */
export interface LoadSpec {
  /** Name of the scenario (entry, hops, roles) that it drives. */
  readonly scenario: string;
  readonly profile: LoadProfile;
  /** Events that one request carries; rates count events, not requests. */
  readonly eventsPerRequest: number;
  /** Each event's body is padded to this many bytes where it is shorter; null sends it as it is. */
  readonly bodyBytes: number | null;
  /** Sender threads. Request `k` of a scenario is sent by thread `k % workers`. */
  readonly workers: number;
  readonly policy: LoadPolicy;
  /** Wanted rate that the recommendation is made for; null where none was given: it is then made for twice what holds. */
  readonly targetEventsPerSecond: number | null;
  readonly sizing: Sizing;
  /** What sends in the place of our own sender; absent where that does. */
  readonly engine?: LoadEngine | undefined;
}

/** A sender that is not ours: its own counters are held against the ledger. */
export interface LoadEngine {
  readonly name: "artillery";
  readonly version: string;
  /** `local`: processes of this machine; `fargate`: containers, of which only counters come back. */
  readonly runsOn: "local" | "fargate";
}

/** When events are due. Rates are events per second, all entries of one scenario together. */
export type LoadProfile =
  | { readonly kind: "steady"; readonly eventsPerSecond: number; readonly durationMs: number }
  | {
      readonly kind: "ramp";
      readonly fromEventsPerSecond: number;
      readonly toEventsPerSecond: number;
      readonly durationMs: number;
    }
  | {
      readonly kind: "step";
      readonly steps: readonly { readonly eventsPerSecond: number; readonly durationMs: number }[];
    }
  | {
      readonly kind: "spike";
      readonly baseEventsPerSecond: number;
      readonly spikeEventsPerSecond: number;
      /** Before the spike, and again after it. */
      readonly baseMs: number;
      readonly spikeMs: number;
    }
  | {
      /** Looks for the highest rate that keeps the policy. */
      readonly kind: "search";
      readonly lowestEventsPerSecond: number;
      readonly highestEventsPerSecond: number;
      readonly stepMs: number;
      /** Most time under load, all steps together. */
      readonly budgetMs: number;
    }
  | {
      /** Each connection sends its next request when it has the answer to the last: no rate is planned, and none is held. */
      readonly kind: "closed-loop";
      readonly connections: number;
      readonly durationMs: number;
      readonly mostRequests: number;
    };

/** What a rate must keep to be called held. Judged over each phase. */
export interface LoadPolicy {
  /** Of the entry's answers, counted from the intended time. */
  readonly latencyP99Ms: number;
  /** Most of the events sent that may be answered by anything but an ack. */
  readonly errorRatio: number;
  /** Most time that an acked event may take to the sink at the 99th percentile; backlog that grows breaks it before. */
  readonly sinkP99Ms: number;
  readonly iteratorAgeMs: number;
}

/** One stretch of even or changing load: what the pacer takes. Times are milliseconds since the epoch. */
export interface LoadPhase {
  /** From 0, in the order of time. */
  readonly phase: number;
  readonly purpose: "warm-up" | "profile" | "search" | "confirm" | "proof" | "saturation";
  readonly startMs: number;
  readonly durationMs: number;
  /** The same at both ends for even load. */
  readonly fromEventsPerSecond: number;
  readonly toEventsPerSecond: number;
  /** Index of the phase's first request among all of the scenario. */
  readonly firstRequest: number;
  readonly requestCount: number;
}

/**
 * The Terraform variables that size the stack, as a user's file names them: which variable sets which limit. A knob that the stack
 * has no variable for is left out, and the recommendation says what to change by hand.
 */
export type Sizing = Readonly<Partial<Record<SizingKnob, SizingVariable>>>;

export type SizingKnob =
  | "streamShards"
  | "tableWriteCapacity"
  | "tableReadCapacity"
  | "entryConcurrency"
  | "entryMemoryMb"
  | "consumerConcurrency"
  | "consumerMemoryMb"
  | "mappingBatchSize"
  | "mappingParallelization"
  | "apiRequestsPerSecond"
  | "apiBurst";

export interface SizingVariable {
  readonly variable: string;
  /** `min-max`: the variable is an object `{ min, max }` (an autoscaled capacity). */
  readonly shape: "number" | "min-max";
}

/** What can hold a stack back. Each is told apart by metrics of its own. */
export type LimitName =
  | "shard-records"
  | "shard-bytes"
  | "shard-reads"
  | "table-write-capacity"
  | "entry-concurrency"
  | "consumer-concurrency"
  | "consumer-throughput"
  | "api-throttle"
  | "sender";
