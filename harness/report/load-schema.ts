import { z } from "zod";
import type { LoadPhase, LoadProfile, LoadSpec } from "../model/load.ts";
import type {
  Bottleneck,
  Capacity,
  LatencyHeat,
  LoadReport,
  PercentileCurve,
  PhaseResult,
  Recommendation,
  SaturationFigures,
  SecondSeries,
} from "../model/load-report.ts";

/** What `report.json` says of a loaded scenario; held to the model's types by the compiler. */
const rate = z.number().min(0).describe("events per second");
const whole = z.int().min(0);
const milliseconds = z.number().min(0);
const epochMs = z.number().describe("milliseconds since the epoch");
const usd = z.number().min(0);
const texts = z.array(z.string());

const profile: z.ZodType<LoadProfile> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("steady"), eventsPerSecond: rate, durationMs: milliseconds }),
  z.strictObject({
    kind: z.literal("ramp"),
    fromEventsPerSecond: rate,
    toEventsPerSecond: rate,
    durationMs: milliseconds,
  }),
  z.strictObject({
    kind: z.literal("step"),
    steps: z.array(z.strictObject({ eventsPerSecond: rate, durationMs: milliseconds })),
  }),
  z.strictObject({
    kind: z.literal("spike"),
    baseEventsPerSecond: rate,
    spikeEventsPerSecond: rate,
    baseMs: milliseconds,
    spikeMs: milliseconds,
  }),
  z.strictObject({
    kind: z.literal("search"),
    lowestEventsPerSecond: rate,
    highestEventsPerSecond: rate,
    stepMs: milliseconds,
    budgetMs: milliseconds,
  }),
  z
    .strictObject({
      kind: z.literal("closed-loop"),
      connections: whole,
      durationMs: milliseconds,
      mostRequests: whole,
    })
    .describe("each connection sends its next request when it has the answer to the last; no rate is planned"),
]);

const spec: z.ZodType<LoadSpec> = z.strictObject({
  scenario: z.string(),
  profile,
  eventsPerRequest: z.int().min(1),
  bodyBytes: whole.nullable().describe("null: bodies are sent as they are"),
  workers: z.int().min(1).describe("sender threads"),
  policy: z.strictObject({
    latencyP99Ms: milliseconds,
    errorRatio: z.number(),
    sinkP99Ms: milliseconds,
    iteratorAgeMs: milliseconds,
  }),
  targetEventsPerSecond: rate.nullable(),
  sizing: z
    .record(z.string(), z.strictObject({ variable: z.string(), shape: z.enum(["number", "min-max"]) }))
    .describe("which Terraform variable sets which limit"),
  engine: z
    .strictObject({ name: z.literal("artillery"), version: z.string(), runsOn: z.enum(["local", "fargate"]) })
    .optional()
    .describe("what sent in the place of our own sender"),
});

const phase: z.ZodType<LoadPhase> = z.strictObject({
  phase: whole,
  purpose: z.enum(["warm-up", "profile", "search", "confirm", "proof", "saturation"]),
  startMs: epochMs,
  durationMs: milliseconds,
  fromEventsPerSecond: rate,
  toEventsPerSecond: rate,
  firstRequest: whole.describe("index among all requests of the scenario"),
  requestCount: whole,
});

const phaseResult: z.ZodType<PhaseResult> = z.strictObject({
  plan: phase,
  sentEventsPerSecond: rate,
  ackedEventsPerSecond: rate,
  unsentEvents: whole,
  errorRatio: z.number().min(0).max(1).describe("events that were not acked, of those sent"),
  entryP50Ms: milliseconds.nullable().describe("from intended time"),
  entryP99Ms: milliseconds.nullable(),
  sinkP99Ms: milliseconds.nullable(),
  backlogGrowthPerSecond: z.number().nullable(),
  sendDelayP99Ms: milliseconds.nullable().describe("what the sender itself added"),
  holds: z.enum(["pass", "unknown", "fail"]),
  why: z.string(),
});

const seconds: z.ZodType<SecondSeries> = z
  .strictObject({
    startMs: epochMs,
    planned: z.array(whole),
    sent: z.array(whole),
    acked: z.array(whole),
    errors: z.array(whole),
    inFlight: z.array(whole).describe("requests"),
    p50Ms: z.array(milliseconds.nullable()),
    p99Ms: z.array(milliseconds.nullable()),
  })
  .describe("one number for each second from startMs on; events, null where nothing was measured");

const curve: z.ZodType<PercentileCurve> = z.array(
  z.strictObject({ percentile: z.number().min(0).max(100), ms: milliseconds }),
);

const heat: z.ZodType<LatencyHeat> = z.strictObject({
  startMs: epochMs,
  boundsMs: z.array(milliseconds).describe("upper bound of each row"),
  counts: z.array(z.array(whole)).describe("requests by second and row"),
});

const limit = z.enum([
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

const bottleneck: z.ZodType<Bottleneck> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("unknown"), reason: z.string() }),
  z.strictObject({
    kind: z.literal("known"),
    limit,
    subject: z.string(),
    eventsPerSecond: rate.nullable(),
    evidence: texts,
  }),
]);

const capacity: z.ZodType<Capacity> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("not-searched") }),
  z.strictObject({ kind: z.literal("unknown"), reason: z.string() }),
  z.strictObject({
    kind: z.literal("found"),
    holdsEventsPerSecond: rate,
    breaksEventsPerSecond: rate.nullable().describe("null: none broke up to the ceiling"),
    confidence: z.string(),
    burst: z.strictObject({ eventsPerSecond: rate, seconds: z.number().min(0), evidence: z.string() }).nullable(),
    bottleneck,
    next: bottleneck,
  }),
]);

const proof = z.strictObject({
  kind: z.enum(["held", "not-held"]),
  eventsPerSecond: rate,
  statement: z.string(),
});

const recommendation: z.ZodType<Recommendation> = z.strictObject({
  targetEventsPerSecond: rate,
  tfvars: z.string().describe("text of a .auto.tfvars file"),
  changes: z.array(z.strictObject({ variable: z.string(), before: z.string(), after: z.string(), why: z.string() })),
  byHand: texts.describe("what must change and has no variable"),
  monthlyCost: z.strictObject({
    beforeUsd: usd,
    afterUsd: usd,
    pricesAsOf: z.string(),
    lines: z.array(z.strictObject({ item: z.string(), beforeUsd: usd, afterUsd: usd })),
    assumptions: texts,
  }),
  proof: z.union([z.strictObject({ kind: z.literal("not-run"), reason: z.string() }), proof]),
});

const saturation: z.ZodType<SaturationFigures> = z.strictObject({
  connections: whole,
  durationMs: milliseconds,
  ackedRequestsPerSecond: z.number().min(0),
  p50Ms: milliseconds.describe("from the send of each request, at the loop's own pace"),
  p99Ms: milliseconds,
  rejectedRequests: whole,
  unknownRequests: whole,
});

export const loadReportSchema: z.ZodType<LoadReport> = z.strictObject({
  scenario: z.string(),
  spec,
  phases: z.array(phaseResult),
  seconds,
  metrics: z.array(
    z.strictObject({
      label: z.string(),
      unit: z.string(),
      points: z.array(z.strictObject({ atMs: epochMs, value: z.number() })),
    }),
  ),
  entryLatency: curve,
  sinkLatency: curve,
  heat,
  capacity,
  recommendation: recommendation.nullable().describe("null where none was asked for or none can be made"),
  cleanup: z.string().describe("what became of the load's data"),
  saturation: saturation.optional().describe("closed loop only: no rate was planned, and none of it is a capacity"),
});
