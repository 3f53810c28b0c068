import { z } from "zod";
import type { DeepReadonly } from "./deep-readonly.ts";
import { encodedSetSchema } from "./encoded-set.ts";
import { loadPhaseSchema } from "./load.ts";

/**
 * The facts of a load run: by second and thread, not by event, so that a million events cost megabytes. Events are named by
 * their sequence numbers; the producer is the scenario's. Times are milliseconds since the epoch; histograms are HdrHistograms of
 * microseconds (1 µs to 1 h, 3 digits) in V2 compressed base64 (`duration-counts.ts`), the
 * empty text where nothing was counted; they are added, never averaged.
 */
const ms = z.number();
const count = z.int().min(0);
const histogram = z.string();
const ofLoad = { atMs: ms, scenario: z.string() };
const atHop = { ...ofLoad, hop: z.string() };

/** Written before the first request of the phase: everything that it plans counts as intended. */
const phasePlannedSchema = z.object({ ...ofLoad, fact: z.literal("load-phase"), plan: loadPhaseSchema });

/**
 * What one sender thread did in one second. An event stands in exactly one of the four sets, in the second that settled it. A second
 * of a thread may come in several facts, which add up.
 */
const secondSchema = z.object({
  ...ofLoad,
  fact: z.literal("load-second"),
  worker: count,
  /** Whole seconds since the epoch; the second in which the requests ended. */
  second: count,
  acked: encodedSetSchema,
  rejected: encodedSetSchema,
  /** Sent, and not definitely answered. */
  unknown: encodedSetSchema,
  /** Planned, and not sent: no connection was free, it was later than its whole time limit, or the run was stopped before. */
  unsent: encodedSetSchema,
  /** Requests sent in this second, and still under way at its end. */
  sentRequests: count,
  inFlight: count,
  /** Requests by answer: a status (`202`), or `timeout`, `connection` (it broke), `connect` (none could be made), `interrupted`. */
  answers: z.record(z.string(), count),
  /** Intended time to the end of the answer, of every request that ended in this second, whatever the answer. */
  latency: histogram,
  /** Sent time to the end of the answer. */
  service: histogram,
  /** Intended time to sent time, of every request sent in this second. */
  sendDelay: histogram,
  /** Heads and bodies of the requests sent in this second. */
  sentBytes: count,
  /** A few bodies of answers that were no ack, cut short. */
  samples: z.array(z.object({ answer: z.string(), body: z.string() })),
});

export type LoadSecond = DeepReadonly<z.infer<typeof secondSchema>>;

/** Events seen at a hop, by an observer that names them (item by key, stream by record). */
const arrivedSchema = z.object({
  ...atHop,
  fact: z.literal("load-arrived"),
  seen: encodedSetSchema,
  /** Seen more than once at this hop; `extra` counts the occurrences above the first, all events together. */
  repeated: encodedSetSchema,
  extra: count,
  /** Tags of this run and producer that were never planned. */
  strangers: z.array(z.string()),
  /** Intended time to the time at the hop by the service's own clock; empty text where it does not say. */
  latency: histogram,
});

export type LoadArrived = DeepReadonly<z.infer<typeof arrivedSchema>>;

/** A complete read looked for these events by key and did not find them. */
const absentSchema = z.object({
  ...atHop,
  fact: z.literal("load-absent"),
  absent: encodedSetSchema,
  readAtMs: ms,
  /** Strongly consistent: only then may absence be called loss. */
  consistent: z.boolean(),
});

export type LoadAbsent = DeepReadonly<z.infer<typeof absentSchema>>;

/** How much of a shard was read. */
const streamReadSchema = z.object({
  ...atHop,
  fact: z.literal("load-stream-read"),
  shardId: z.string(),
  /** Every record from `fromMs` to `untilMs` was read; else only a sample of it. */
  complete: z.boolean(),
  fromMs: ms,
  untilMs: ms,
  records: count,
});

export type LoadStreamRead = DeepReadonly<z.infer<typeof streamReadSchema>>;

/** Events that reached the stream after one that was sent only when they had been acked. */
const reorderedSchema = z.object({
  ...atHop,
  fact: z.literal("load-reordered"),
  overtaken: encodedSetSchema,
  samples: z.array(z.string()),
});

export type LoadReordered = DeepReadonly<z.infer<typeof reorderedSchema>>;

/** Datapoints of a CloudWatch metric. What did not come is not listed. */
const metricSchema = z.object({
  ...ofLoad,
  fact: z.literal("load-metric"),
  namespace: z.string(),
  metric: z.string(),
  statistic: z.enum(["Sum", "Maximum", "Average"]),
  dimensions: z.record(z.string(), z.string()),
  periodMs: ms,
  datapoints: z.array(z.object({ startMs: ms, value: z.number() })),
});

export type LoadMetric = DeepReadonly<z.infer<typeof metricSchema>>;

/** The run stopped sending before the end of its plan: the error budget, a ceiling, or a sender that could not keep up. */
const abortedSchema = z.object({ ...ofLoad, fact: z.literal("load-aborted"), reason: z.string() });

export type LoadAborted = DeepReadonly<z.infer<typeof abortedSchema>>;

/** What became of the load's data at the end. */
const cleanedSchema = z.object({
  ...ofLoad,
  fact: z.literal("load-cleaned"),
  outcome: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("expires"), table: z.string(), attribute: z.string(), atMs: ms }),
    z.object({ kind: z.literal("removed"), table: z.string(), items: count }),
    z.object({ kind: z.literal("left"), table: z.string(), reason: z.string() }),
  ]),
});

export type LoadCleaned = DeepReadonly<z.infer<typeof cleanedSchema>>;

/** What an external load generator counted, or why that is not known. One for each of its workers. */
const engineToldSchema = z.object({
  ...ofLoad,
  fact: z.literal("load-engine"),
  engine: z.string(),
  version: z.string(),
  worker: count,
  report: z.discriminatedUnion("kind", [
    /** By the engine's own names: `http.requests`, `http.codes.202`, `errors.ETIMEDOUT`, `vusers.failed`. */
    z.object({ kind: z.literal("read"), counters: z.record(z.string(), z.number()) }),
    z.object({ kind: z.literal("missing"), reason: z.string() }),
  ]),
  /** Requests whose outcome the engine reported without saying which requests they were: their events are unknown. */
  unnamedRequests: count,
});

export type LoadEngineTold = DeepReadonly<z.infer<typeof engineToldSchema>>;

/** Figures of a closed loop: as fast as the answers come, over a number of connections. No rate was planned, so none is a capacity. */
export const saturationFiguresSchema = z.strictObject({
  connections: count,
  durationMs: ms.min(0),
  ackedRequestsPerSecond: z.number().min(0),
  p50Ms: ms.min(0).describe("from the send of each request, at the loop's own pace"),
  p99Ms: ms.min(0),
  rejectedRequests: count,
  unknownRequests: count,
});

export type SaturationFigures = DeepReadonly<z.infer<typeof saturationFiguresSchema>>;

const saturatedSchema = z.object({
  ...ofLoad,
  fact: z.literal("load-saturated"),
  ...saturationFiguresSchema.shape,
});

export type LoadSaturated = DeepReadonly<z.infer<typeof saturatedSchema>>;

export const loadFactSchema = z.discriminatedUnion("fact", [
  phasePlannedSchema,
  secondSchema,
  arrivedSchema,
  absentSchema,
  streamReadSchema,
  reorderedSchema,
  metricSchema,
  abortedSchema,
  cleanedSchema,
  engineToldSchema,
  saturatedSchema,
]);

export type LoadFact = DeepReadonly<z.infer<typeof loadFactSchema>>;
export type LoadPhasePlanned = DeepReadonly<z.infer<typeof phasePlannedSchema>>;

const LOAD_FACTS: ReadonlySet<string> = new Set(loadFactSchema.options.map(({ shape }) => shape.fact.value));

/** Whether a fact is of a load run. */
export function isLoadFact<F extends { readonly fact: string }>(fact: F | LoadFact): fact is LoadFact {
  return LOAD_FACTS.has(fact.fact);
}
