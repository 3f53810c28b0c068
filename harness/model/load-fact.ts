import type { LoadPhase } from "./load.ts";
import type { EncodedSet } from "./sequence-set.ts";

/**
 * The facts of a load run: by second and thread, not by event, so that a million events cost megabytes. Events are named by
 * their sequence numbers; the producer is the scenario's. Times are milliseconds since the epoch; histograms are HdrHistograms of
 * microseconds (1 µs to 1 h, 3 digits) in V2 compressed base64 (`hdr-histogram-js`), and are added, never averaged.
 */
export type LoadFact =
  | LoadPhasePlanned
  | LoadSecond
  | LoadArrived
  | LoadAbsent
  | LoadStreamRead
  | LoadReordered
  | LoadMetric
  | LoadAborted
  | LoadCleaned
  | LoadEngineTold
  | LoadSaturated;

const LOAD_FACTS: Readonly<Record<LoadFact["fact"], true>> = {
  "load-phase": true,
  "load-second": true,
  "load-arrived": true,
  "load-absent": true,
  "load-stream-read": true,
  "load-reordered": true,
  "load-metric": true,
  "load-aborted": true,
  "load-cleaned": true,
  "load-engine": true,
  "load-saturated": true,
};

/** Whether a fact is of a load run. */
export function isLoadFact<F extends { readonly fact: string }>(fact: F | LoadFact): fact is LoadFact {
  return Object.hasOwn(LOAD_FACTS, fact.fact);
}

interface OfLoad {
  readonly atMs: number;
  readonly scenario: string;
}

/** Written before the first request of the phase: everything that it plans counts as intended. */
export interface LoadPhasePlanned extends OfLoad {
  readonly fact: "load-phase";
  readonly plan: LoadPhase;
}

/**
 * What one sender thread did in one second. An event stands in exactly one of the four sets, in the second that settled it. A second
 * of a thread may come in several facts, which add up.
 */
export interface LoadSecond extends OfLoad {
  readonly fact: "load-second";
  readonly worker: number;
  /** Whole seconds since the epoch; the second in which the requests ended. */
  readonly second: number;
  readonly acked: EncodedSet;
  readonly rejected: EncodedSet;
  /** Sent, and not definitely answered. */
  readonly unknown: EncodedSet;
  /** Planned, and not sent: no connection was free, it was later than its whole time limit, or the run was stopped before. */
  readonly unsent: EncodedSet;
  /** Requests sent in this second, and still under way at its end. */
  readonly sentRequests: number;
  readonly inFlight: number;
  /** Requests by answer: a status (`202`), or `timeout`, `connection` (it broke), `connect` (none could be made), `interrupted`. */
  readonly answers: Readonly<Record<string, number>>;
  /** Intended time to the end of the answer, of every request that ended in this second, whatever the answer. */
  readonly latency: string;
  /** Sent time to the end of the answer. */
  readonly service: string;
  /** Intended time to sent time, of every request sent in this second. */
  readonly sendDelay: string;
  /** Heads and bodies of the requests sent in this second. */
  readonly sentBytes: number;
  /** A few bodies of answers that were no ack, cut short. */
  readonly samples: readonly { readonly answer: string; readonly body: string }[];
}

/** Events seen at a hop, by an observer that names them (item by key, stream by record). */
export interface LoadArrived extends OfLoad {
  readonly fact: "load-arrived";
  readonly hop: string;
  readonly seen: EncodedSet;
  /** Seen more than once at this hop; `extra` counts the occurrences above the first, all events together. */
  readonly repeated: EncodedSet;
  readonly extra: number;
  /** Tags of this run and producer that were never planned. */
  readonly strangers: readonly string[];
  /** Intended time to the time at the hop by the service's own clock; empty text where it does not say. */
  readonly latency: string;
}

/** A complete read looked for these events by key and did not find them. */
export interface LoadAbsent extends OfLoad {
  readonly fact: "load-absent";
  readonly hop: string;
  readonly absent: EncodedSet;
  readonly readAtMs: number;
  /** Strongly consistent: only then may absence be called loss. */
  readonly consistent: boolean;
}

/** How much of a shard was read. */
export interface LoadStreamRead extends OfLoad {
  readonly fact: "load-stream-read";
  readonly hop: string;
  readonly shardId: string;
  /** Every record from `fromMs` to `untilMs` was read; else only a sample of it. */
  readonly complete: boolean;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly records: number;
}

/** Events that reached the stream after one that was sent only when they had been acked. */
export interface LoadReordered extends OfLoad {
  readonly fact: "load-reordered";
  readonly hop: string;
  readonly overtaken: EncodedSet;
  readonly samples: readonly string[];
}

/** Datapoints of a CloudWatch metric. What did not come is not listed. */
export interface LoadMetric extends OfLoad {
  readonly fact: "load-metric";
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: "Sum" | "Maximum" | "Average";
  readonly dimensions: Readonly<Record<string, string>>;
  readonly periodMs: number;
  readonly datapoints: readonly { readonly startMs: number; readonly value: number }[];
}

/** The run stopped sending by itself: the error budget, a ceiling, a sender that could not keep up. */
export interface LoadAborted extends OfLoad {
  readonly fact: "load-aborted";
  readonly reason: string;
}

/** What became of the load's data at the end. */
export interface LoadCleaned extends OfLoad {
  readonly fact: "load-cleaned";
  readonly outcome:
    | { readonly kind: "expires"; readonly table: string; readonly attribute: string; readonly atMs: number }
    | { readonly kind: "removed"; readonly table: string; readonly items: number }
    | { readonly kind: "left"; readonly table: string; readonly reason: string };
}

/** What a sender that is not ours counted by itself, or why that is not known. One for each of its workers. */
export interface LoadEngineTold extends OfLoad {
  readonly fact: "load-engine";
  readonly engine: string;
  readonly version: string;
  readonly worker: number;
  readonly report: /** By the engine's own names: `http.requests`, `http.codes.202`, `errors.ETIMEDOUT`, `vusers.failed`. */
    | { readonly kind: "read"; readonly counters: Readonly<Record<string, number>> }
    | { readonly kind: "missing"; readonly reason: string };
  /** Requests of which the engine told how they ended and not which they were: their events are unknown. */
  readonly unnamedRequests: number;
}

/** What a closed loop measured, at its own pace: no rate was planned, so none of it is a capacity. */
export interface LoadSaturated extends OfLoad {
  readonly fact: "load-saturated";
  readonly connections: number;
  readonly durationMs: number;
  readonly ackedRequestsPerSecond: number;
  /** Of the answers, from the send of each. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly rejectedRequests: number;
  readonly unknownRequests: number;
}
