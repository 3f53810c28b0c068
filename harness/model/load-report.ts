import { z } from "zod";
import type { DeepReadonly } from "./deep-readonly.ts";
import { limitNameSchema, loadPhaseSchema, loadSpecSchema, rateSchema } from "./load.ts";
import { saturationFiguresSchema } from "./load-fact.ts";
import { verdictSchema } from "./verdict.ts";

const count = z.int().min(0);
const ms = z.number().min(0);
const epochMs = z.number().describe("milliseconds since the epoch");
const usd = z.number().min(0);
const text = z.string();

/** How one phase went. */
const phaseResultSchema = z.strictObject({
  plan: loadPhaseSchema,
  sentEventsPerSecond: rateSchema,
  ackedEventsPerSecond: rateSchema,
  unsentEvents: count,
  errorRatio: z.number().min(0).max(1).describe("events that were not acked, of those sent"),
  entryP50Ms: ms.nullable().describe("from intended time"),
  entryP99Ms: ms.nullable(),
  sinkP99Ms: ms.nullable(),
  /** By how much the backlog at the sink grew during the phase, events per second; null where it was not measured. */
  backlogGrowthPerSecond: z.number().nullable(),
  sendDelayP99Ms: ms.nullable().describe("what the sender itself added"),
  holds: verdictSchema,
  /** Why it holds, or what broke it, with figures. */
  why: text,
});

export type PhaseResult = DeepReadonly<z.infer<typeof phaseResultSchema>>;

const secondSeriesSchema = z
  .strictObject({
    startMs: epochMs,
    planned: z.array(count),
    sent: z.array(count),
    acked: z.array(count),
    errors: z.array(count),
    inFlight: z.array(count).describe("requests"),
    p50Ms: z.array(ms.nullable()),
    p99Ms: z.array(ms.nullable()),
  })
  .describe("one number for each second from startMs on; events, null where nothing was measured");

export type SecondSeries = DeepReadonly<z.infer<typeof secondSeriesSchema>>;

const metricSeriesSchema = z.strictObject({
  /** `AWS/Kinesis IteratorAgeMilliseconds (Maximum)`. */
  label: text,
  unit: text,
  points: z.array(z.strictObject({ atMs: epochMs, value: z.number() })),
});

export type MetricSeries = DeepReadonly<z.infer<typeof metricSeriesSchema>>;

/** From the histograms added over all threads and seconds. */
const percentileCurveSchema = z.array(z.strictObject({ percentile: z.number().min(0).max(100), ms }));

export type PercentileCurve = DeepReadonly<z.infer<typeof percentileCurveSchema>>;

/** How many requests of each second took how long. */
const latencyHeatSchema = z.strictObject({
  startMs: epochMs,
  boundsMs: z.array(ms).describe("upper bound of each row"),
  counts: z.array(z.array(count)).describe("requests by second and row"),
});

export type LatencyHeat = DeepReadonly<z.infer<typeof latencyHeatSchema>>;

const bottleneckSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("unknown"), reason: text }),
  z.strictObject({
    kind: z.literal("known"),
    limit: limitNameSchema,
    /** `stream stackproof-dev-events`. */
    subject: text,
    /** Rate at which it gives way. */
    eventsPerSecond: rateSchema.nullable(),
    evidence: z.array(text),
  }),
]);

export type Bottleneck = DeepReadonly<z.infer<typeof bottleneckSchema>>;

const capacitySchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("not-searched") }),
  z.strictObject({ kind: z.literal("unknown"), reason: text }),
  z.strictObject({
    kind: z.literal("found"),
    /** Highest rate that held, and the lowest that did not. */
    holdsEventsPerSecond: rateSchema,
    breaksEventsPerSecond: rateSchema.nullable().describe("null: none broke up to the ceiling"),
    /** One sentence: how the bounds were found and how sure they are. */
    confidence: text,
    /** Held for a while by saved-up capacity and not in the long run; null where nothing shows a burst. */
    burst: z.strictObject({ eventsPerSecond: rateSchema, seconds: z.number().min(0), evidence: text }).nullable(),
    bottleneck: bottleneckSchema,
    /** What gives way after that, and at which rate, by the same evidence. */
    next: bottleneckSchema,
  }),
]);

export type Capacity = DeepReadonly<z.infer<typeof capacitySchema>>;

const recommendationSchema = z.strictObject({
  targetEventsPerSecond: rateSchema,
  tfvars: text.describe("text of a .auto.tfvars file"),
  changes: z.array(z.strictObject({ variable: text, before: text, after: text, why: text })),
  byHand: z.array(text).describe("what must change and has no variable"),
  monthlyCost: z.strictObject({
    beforeUsd: usd,
    afterUsd: usd,
    pricesAsOf: text,
    lines: z.array(z.strictObject({ item: text, beforeUsd: usd, afterUsd: usd })),
    /** What the figures leave out or take for granted. */
    assumptions: z.array(text),
  }),
  proof: z.union([
    z.strictObject({ kind: z.literal("not-run"), reason: text }),
    z.strictObject({ kind: z.enum(["held", "not-held"]), eventsPerSecond: rateSchema, statement: text }),
  ]),
});

export type Recommendation = DeepReadonly<z.infer<typeof recommendationSchema>>;

/** What a load run adds to the report of each of its scenarios. Everything is computed from the journal. */
export const loadReportSchema = z.strictObject({
  scenario: text,
  spec: loadSpecSchema,
  phases: z.array(phaseResultSchema),
  seconds: secondSeriesSchema,
  metrics: z.array(metricSeriesSchema),
  entryLatency: percentileCurveSchema,
  sinkLatency: percentileCurveSchema,
  heat: latencyHeatSchema,
  capacity: capacitySchema,
  recommendation: recommendationSchema.nullable().describe("null where none was asked for or none can be made"),
  /** One sentence: expires by TTL, removed, left. */
  cleanup: text.describe("what became of the load's data"),
  saturation: saturationFiguresSchema
    .optional()
    .describe("closed loop only: no rate was planned, and none of it is a capacity"),
});

export type LoadReport = DeepReadonly<z.infer<typeof loadReportSchema>>;
