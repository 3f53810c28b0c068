import { z } from "zod";

const rate = z.number().positive();
const durationMs = z.int().positive();

const profile = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("steady"), eventsPerSecond: rate, durationMs }),
  z.strictObject({
    kind: z.literal("ramp"),
    fromEventsPerSecond: rate,
    toEventsPerSecond: rate,
    durationMs,
  }),
  z.strictObject({
    kind: z.literal("step"),
    steps: z.array(z.strictObject({ eventsPerSecond: rate, durationMs })).min(1),
  }),
  z.strictObject({
    kind: z.literal("spike"),
    baseEventsPerSecond: rate,
    spikeEventsPerSecond: rate,
    baseMs: durationMs,
    spikeMs: durationMs,
  }),
  z
    .strictObject({
      kind: z.literal("search"),
      lowestEventsPerSecond: rate,
      highestEventsPerSecond: rate,
      stepMs: durationMs,
      budgetMs: durationMs,
    })
    .refine((search) => search.lowestEventsPerSecond < search.highestEventsPerSecond, "lowest must be below highest"),
]);

const sizingVariable = z.strictObject({
  variable: z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]*$/, "the name of a Terraform variable"),
  shape: z.enum(["number", "min-max"]).default("number"),
});

const KNOBS = [
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
] as const;

/** A load as a user writes it: which pipeline, how hard, what must hold, and which Terraform variables size the stack. */
export const loadDefinitionSchema = z.strictObject({
  /** Short and unique, for `--only` and reports. */
  name: z.string().regex(/^[a-z0-9-]+$/, "lower-case letters, digits and hyphens"),
  proves: z.string().min(1),
  pipeline: z.string().min(1),
  profile,
  eventsPerRequest: z.int().min(1).max(500).default(1),
  /** Events are padded to this size where they are smaller. */
  bodyBytes: z.int().min(64).max(1_000_000).optional(),
  policy: z
    .strictObject({
      latencyP99Ms: z.number().positive().default(1_000),
      errorRatio: z.number().min(0).max(1).default(0.001),
      sinkP99Ms: z.number().positive().default(10_000),
      iteratorAgeMs: z.number().positive().default(10_000),
      duplicated: z.enum(["pass", "unknown", "fail"]).default("unknown"),
      unexpected: z.enum(["pass", "unknown", "fail"]).default("fail"),
    })
    .prefault({}),
  deadlines: z
    .strictObject({
      requestMs: durationMs.default(30_000),
      /** How long after the last send an event may take to the sink. */
      eventsMs: durationMs.default(300_000),
      metricsMs: durationMs.default(600_000),
    })
    .prefault({}),
  sizing: z.partialRecord(z.enum(KNOBS), sizingVariable).default({}),
});

export const loadsSchema = z
  .array(loadDefinitionSchema)
  .min(1)
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "two loads have the same name");

export type LoadDefinition = z.infer<typeof loadDefinitionSchema>;

/** Gives a loads file its types; the file is checked when it is loaded. */
export function defineLoads(loads: z.input<typeof loadsSchema>): z.input<typeof loadsSchema> {
  return loads;
}
