import { z } from "zod";
import type { DeepReadonly } from "./deep-readonly.ts";

const count = z.int().min(0);
const durationMs = z.number().min(0);

/** A rate as journals and reports hold it. */
export const rateSchema = z.number().min(0).describe("events per second");

/**
 * When events are due, by kind. Rates are events per second, all entries of one scenario together. Which rates and durations
 * may be given is an argument: a user's file takes fewer than a journal holds.
 */
export function profileSchemas(rate: z.ZodNumber, durationMs: z.ZodNumber) {
  return {
    steady: z.object({ kind: z.literal("steady"), eventsPerSecond: rate, durationMs }),
    ramp: z.object({
      kind: z.literal("ramp"),
      fromEventsPerSecond: rate,
      toEventsPerSecond: rate,
      durationMs,
    }),
    step: z.object({
      kind: z.literal("step"),
      steps: z.array(z.object({ eventsPerSecond: rate, durationMs })),
    }),
    spike: z.object({
      kind: z.literal("spike"),
      baseEventsPerSecond: rate,
      spikeEventsPerSecond: rate,
      /** Before the spike, and again after it. */
      baseMs: durationMs,
      spikeMs: durationMs,
    }),
    /** Looks for the highest rate that keeps the policy. */
    search: z.object({
      kind: z.literal("search"),
      lowestEventsPerSecond: rate,
      highestEventsPerSecond: rate,
      stepMs: durationMs,
      /** Most time under load, all steps together. */
      budgetMs: durationMs,
    }),
  };
}

const profiles = profileSchemas(rateSchema, durationMs);

const profileSchema = z.discriminatedUnion("kind", [
  profiles.steady,
  profiles.ramp,
  profiles.step,
  profiles.spike,
  profiles.search,
  z
    .object({ kind: z.literal("closed-loop"), connections: count, durationMs, mostRequests: count })
    .describe("each connection sends its next request when it has the answer to the last; no rate is planned"),
]);

export type LoadProfile = DeepReadonly<z.infer<typeof profileSchema>>;

/** What a rate must keep to be called held. Judged over each phase. */
const policySchema = z.object({
  /** Of the entry's answers, counted from the intended time. */
  latencyP99Ms: durationMs,
  /** Most of the events sent that may be answered by anything but an ack. */
  errorRatio: z.number(),
  /** Most time that an acked event may take to the sink at the 99th percentile; backlog that grows breaks it before. */
  sinkP99Ms: durationMs,
  iteratorAgeMs: durationMs,
});

export type LoadPolicy = DeepReadonly<z.infer<typeof policySchema>>;

export const sizingKnobSchema = z.enum([
  "streamShards",
  "tableWriteCapacity",
  "tableReadCapacity",
  "entryConcurrency",
  "entryMemoryMb",
  "consumerConcurrency",
  "consumerMemoryMb",
  "mappingBatchSize",
  "mappingParallelization",
  "apiRequestsPerSecond",
  "apiBurst",
]);

export type SizingKnob = z.infer<typeof sizingKnobSchema>;

/** A Terraform variable that sets a knob. */
export const sizingVariableSchema = z.object({
  variable: z.string(),
  /** `min-max`: the variable is an object `{ min, max }` (an autoscaled capacity). */
  shape: z.enum(["number", "min-max"]),
});

export type SizingVariable = DeepReadonly<z.infer<typeof sizingVariableSchema>>;

/**
 * The Terraform variables that size the stack, as a user's file names them: which variable sets which limit. A knob that the stack
 * has no variable for is omitted, and the recommendation says what to change by hand.
 */
const sizingSchema = z.partialRecord(sizingKnobSchema, sizingVariableSchema);

export type Sizing = DeepReadonly<z.infer<typeof sizingSchema>>;

/** An external load generator: its own counters are compared with the ledger. */
const engineSchema = z.object({
  name: z.literal("artillery"),
  version: z.string(),
  /** `local`: processes of this machine; `fargate`: containers, of which only counters come back. */
  runsOn: z.enum(["local", "fargate"]),
});

export type LoadEngine = DeepReadonly<z.infer<typeof engineSchema>>;

/** What to load, how hard, and what must hold: everything that is decided before the first send of a load run. */
export const loadSpecSchema = z.object({
  /** Name of the scenario (entry, hops, roles) that it drives. */
  scenario: z.string(),
  profile: profileSchema,
  /** Events that one request carries; rates count events, not requests. */
  eventsPerRequest: z.int().min(1),
  /** Each event's body is padded to this many bytes where it is shorter. */
  bodyBytes: count.nullable().describe("null: bodies are sent as they are"),
  /** Request `k` of a scenario is sent by thread `k % workers`. */
  workers: z.int().min(1).describe("sender threads"),
  policy: policySchema,
  /** Wanted rate that the recommendation is made for; null where none was given: it is then made for twice what holds. */
  targetEventsPerSecond: rateSchema.nullable(),
  sizing: sizingSchema.describe("which Terraform variable sets which limit"),
  /** Absent where our own sender sends. */
  engine: engineSchema.optional().describe("what sent instead of our own sender"),
});

export type LoadSpec = DeepReadonly<z.infer<typeof loadSpecSchema>>;

/** One stretch of even or changing load: what the sender takes. Times are milliseconds since the epoch. */
export const loadPhaseSchema = z.object({
  /** From 0, in the order of time. */
  phase: count,
  purpose: z.enum(["warm-up", "profile", "search", "confirm", "proof", "saturation"]),
  startMs: z.number().describe("milliseconds since the epoch"),
  durationMs,
  /** The same at both ends for even load. */
  fromEventsPerSecond: rateSchema,
  toEventsPerSecond: rateSchema,
  firstRequest: count.describe("index among all requests of the scenario"),
  requestCount: count,
});

export type LoadPhase = DeepReadonly<z.infer<typeof loadPhaseSchema>>;

/** What can limit the throughput of a stack. Each has its own metrics, by which it is recognised. */
export const limitNameSchema = z.enum([
  "shard-records",
  "shard-bytes",
  "shard-reads",
  "table-write-capacity",
  "entry-concurrency",
  "consumer-concurrency",
  "consumer-throughput",
  "api-throttle",
  "sender",
]);

export type LimitName = z.infer<typeof limitNameSchema>;
