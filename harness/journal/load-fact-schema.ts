import { z } from "zod";
import type { EncodedSet } from "../model/sequence-set.ts";
import { loadPhaseSchema } from "./load-spec-schema.ts";

/** The lines of a load run's journal. `fact-schema.ts` puts them among the others, where the compiler holds them to `Fact`. */
const ms = z.number();
const count = z.int().nonnegative();
const ofLoad = { atMs: ms, scenario: z.string() };
const atHop = { ...ofLoad, hop: z.string() };

const set: z.ZodType<EncodedSet> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ranges"), ranges: z.array(count) }),
  z.object({ kind: z.literal("bitmap"), from: count, bits: z.string() }),
]);

export const loadPhase = z.object({ ...ofLoad, fact: z.literal("load-phase"), plan: loadPhaseSchema });

export const loadSecond = z.object({
  ...ofLoad,
  fact: z.literal("load-second"),
  worker: count,
  second: count,
  acked: set,
  rejected: set,
  unknown: set,
  unsent: set,
  sentRequests: count,
  inFlight: count,
  answers: z.record(z.string(), count),
  latency: z.string(),
  service: z.string(),
  sendDelay: z.string(),
  sentBytes: count,
  samples: z.array(z.object({ answer: z.string(), body: z.string() })),
});

export const loadArrived = z.object({
  ...atHop,
  fact: z.literal("load-arrived"),
  seen: set,
  repeated: set,
  extra: count,
  strangers: z.array(z.string()),
  latency: z.string(),
});

export const loadAbsent = z.object({
  ...atHop,
  fact: z.literal("load-absent"),
  absent: set,
  readAtMs: ms,
  consistent: z.boolean(),
});

export const loadStreamRead = z.object({
  ...atHop,
  fact: z.literal("load-stream-read"),
  shardId: z.string(),
  complete: z.boolean(),
  fromMs: ms,
  untilMs: ms,
  records: count,
});

export const loadReordered = z.object({
  ...atHop,
  fact: z.literal("load-reordered"),
  overtaken: set,
  samples: z.array(z.string()),
});

export const loadMetric = z.object({
  ...ofLoad,
  fact: z.literal("load-metric"),
  namespace: z.string(),
  metric: z.string(),
  statistic: z.enum(["Sum", "Maximum", "Average"]),
  dimensions: z.record(z.string(), z.string()),
  periodMs: ms,
  datapoints: z.array(z.object({ startMs: ms, value: z.number() })),
});

export const loadAborted = z.object({ ...ofLoad, fact: z.literal("load-aborted"), reason: z.string() });

export const loadCleaned = z.object({
  ...ofLoad,
  fact: z.literal("load-cleaned"),
  outcome: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("expires"), table: z.string(), attribute: z.string(), atMs: ms }),
    z.object({ kind: z.literal("removed"), table: z.string(), items: count }),
    z.object({ kind: z.literal("left"), table: z.string(), reason: z.string() }),
  ]),
});

export const loadEngine = z.object({
  ...ofLoad,
  fact: z.literal("load-engine"),
  engine: z.string(),
  version: z.string(),
  worker: count,
  report: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("read"), counters: z.record(z.string(), z.number()) }),
    z.object({ kind: z.literal("missing"), reason: z.string() }),
  ]),
  unnamedRequests: count,
});

export const loadSaturated = z.object({
  ...ofLoad,
  fact: z.literal("load-saturated"),
  connections: count,
  durationMs: ms,
  ackedRequestsPerSecond: z.number(),
  p50Ms: ms,
  p99Ms: ms,
  rejectedRequests: count,
  unknownRequests: count,
});
