import { z } from "zod";
import type {
  LoadPhase,
  LoadPolicy,
  LoadProfile,
  LoadSpec,
  Sizing,
  SizingKnob,
  SizingVariable,
} from "../model/load.ts";

/** How a run is loaded, as its journal says it; held to the model's types by the compiler. */
const ms = z.number();
const rate = z.number().nonnegative();
const count = z.int().nonnegative();

const profile: z.ZodType<LoadProfile> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("steady"), eventsPerSecond: rate, durationMs: ms }),
  z.object({ kind: z.literal("ramp"), fromEventsPerSecond: rate, toEventsPerSecond: rate, durationMs: ms }),
  z.object({ kind: z.literal("step"), steps: z.array(z.object({ eventsPerSecond: rate, durationMs: ms })) }),
  z.object({
    kind: z.literal("spike"),
    baseEventsPerSecond: rate,
    spikeEventsPerSecond: rate,
    baseMs: ms,
    spikeMs: ms,
  }),
  z.object({
    kind: z.literal("search"),
    lowestEventsPerSecond: rate,
    highestEventsPerSecond: rate,
    stepMs: ms,
    budgetMs: ms,
  }),
  z.object({ kind: z.literal("closed-loop"), connections: count, durationMs: ms, mostRequests: count }),
]);

const policy: z.ZodType<LoadPolicy> = z.object({
  latencyP99Ms: ms,
  errorRatio: z.number(),
  sinkP99Ms: ms,
  iteratorAgeMs: ms,
});

const knob: z.ZodType<SizingVariable> = z.object({ variable: z.string(), shape: z.enum(["number", "min-max"]) });
const KNOBS: Readonly<Record<SizingKnob, SizingKnob>> = {
  streamShards: "streamShards",
  tableWriteCapacity: "tableWriteCapacity",
  tableReadCapacity: "tableReadCapacity",
  entryConcurrency: "entryConcurrency",
  entryMemoryMb: "entryMemoryMb",
  consumerConcurrency: "consumerConcurrency",
  consumerMemoryMb: "consumerMemoryMb",
  mappingBatchSize: "mappingBatchSize",
  mappingParallelization: "mappingParallelization",
  apiRequestsPerSecond: "apiRequestsPerSecond",
  apiBurst: "apiBurst",
};
const sizing: z.ZodType<Sizing> = z.partialRecord(z.enum(KNOBS), knob);

export const loadSpecSchema: z.ZodType<LoadSpec> = z.object({
  scenario: z.string(),
  profile,
  eventsPerRequest: z.int().positive(),
  bodyBytes: count.nullable(),
  workers: z.int().positive(),
  policy,
  targetEventsPerSecond: rate.nullable(),
  sizing,
  engine: z
    .object({ name: z.literal("artillery"), version: z.string(), runsOn: z.enum(["local", "fargate"]) })
    .optional(),
});

export const loadPhaseSchema: z.ZodType<LoadPhase> = z.object({
  phase: count,
  purpose: z.enum(["warm-up", "profile", "search", "confirm", "proof", "saturation"]),
  startMs: ms,
  durationMs: ms,
  fromEventsPerSecond: rate,
  toEventsPerSecond: rate,
  firstRequest: count,
  requestCount: count,
});
