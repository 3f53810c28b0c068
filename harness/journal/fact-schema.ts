import { z } from "zod";
import type { Fact } from "../model/fact.ts";
import type { Hop } from "../model/hop.ts";
import type { Outcome } from "../model/outcome.ts";
import { readErrorSchema as readError } from "../model/read-error.ts";
import type { Roles } from "../model/role.ts";
import type { Scenario } from "../model/scenario.ts";
import { canaryContextSchema } from "./canary-schema.ts";
import {
  loadAborted,
  loadAbsent,
  loadArrived,
  loadCleaned,
  loadEngine,
  loadMetric,
  loadPhase,
  loadReordered,
  loadSaturated,
  loadSecond,
  loadStreamRead,
} from "./load-fact-schema.ts";
import { loadSpecSchema } from "./load-spec-schema.ts";
import { settingKindSchema, settingSchema } from "./setting-schema.ts";
import { stateSettingKindSchema, stateSettingSchema } from "./state-setting-schema.ts";

/** The shape of a journal's lines, held to the model's types by the compiler (`z.ZodType<Fact>`). */
const ms = z.number();
const count = z.int().nonnegative();

const outcome: z.ZodType<Outcome> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("acked"), status: z.int(), answer: z.string() }),
  z.object({ kind: z.literal("rejected"), status: z.int(), answer: z.string() }),
  z.object({
    kind: z.literal("unknown"),
    reason: z.enum(["timeout", "connection", "server-error", "throttled", "unexpected-status", "interrupted"]),
    status: z.int().nullable(),
    answer: z.string(),
  }),
]);

const name = z.string();
const hop: z.ZodType<Hop> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("entry"), name }),
  z.object({ kind: z.literal("object"), name, bucket: z.string(), key: z.string() }),
  z.object({ kind: z.literal("log"), name, logGroup: z.string() }),
  z.object({ kind: z.literal("stream"), name, stream: z.string() }),
  z.object({
    kind: z.literal("metric"),
    name,
    namespace: z.string(),
    metric: z.string(),
    dimensions: z.record(z.string(), z.string()),
    counts: z.enum(["events", "bytes"]),
  }),
  z.object({
    kind: z.literal("item"),
    name,
    table: z.string(),
    key: z.record(z.string(), z.string()),
    deliveriesAttribute: z.string().optional(),
    writtenAtAttribute: z.string().optional(),
  }),
]);

const verdict = z.enum(["pass", "unknown", "fail"]);

const role = z.string().optional();
const roles: z.ZodType<Roles> = z.object({
  loadBalancer: role,
  targetGroup: role,
  vpc: role,
  logsBucket: role,
  entryFunction: role,
  stream: role,
  consumerFunction: role,
  table: role,
  tableActions: role,
  bucket: role,
  api: role,
  apiStage: role,
  apiRoute: role,
  proofInstance: role,
  proofObjectKey: role,
  key: role,
  accessLogGroup: role,
  flowLogGroup: role,
});

const scenario: z.ZodType<Scenario> = z.object({
  name,
  sentence: z.string(),
  pipeline: z.string(),
  producer: z.string(),
  entry: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("http"),
      via: z.enum(["alb", "api-gateway"]),
      method: z.string(),
      url: z.string(),
      body: z.string(),
      batchBody: z.string().nullable(),
    }),
    z.object({ kind: z.literal("s3"), bucket: z.string(), key: z.string(), body: z.string() }),
  ]),
  hops: z.tuple([hop], hop),
  load: z.object({ requests: z.array(z.object({ events: count })), intervalMs: ms }),
  deadlines: z.object({ requestMs: ms, eventsMs: ms, logsMs: ms, metricsMs: ms }),
  policy: z.object({ duplicated: verdict, unexpected: verdict }),
  roles,
});

const atHop = { atMs: ms, scenario: name, hop: name };

export const factSchema: z.ZodType<Fact> = z.discriminatedUnion("fact", [
  z.object({
    fact: z.literal("run-started"),
    atMs: ms,
    journalVersion: z.literal(1),
    runId: z.string(),
    kind: z.enum(["verify", "canary", "load"]),
    target: z.object({
      kind: z.enum(["aws", "twin", "endpoint"]),
      accountId: z.string(),
      region: z.string(),
      deployment: z.string(),
    }),
    scenarios: z.array(scenario),
    onlyFindings: z.string().nullable(),
    identityError: readError.optional(),
    loads: z.array(loadSpecSchema).optional(),
    canary: canaryContextSchema.optional(),
  }),
  z.object({
    fact: z.literal("intended"),
    atMs: ms,
    scenario: name,
    tag: z.string(),
    intendedAtMs: ms,
    sizeBytes: count,
  }),
  z.object({ fact: z.literal("sent"), atMs: ms, scenario: name, tag: z.string(), sentAtMs: ms }),
  z.object({ fact: z.literal("answered"), atMs: ms, scenario: name, tag: z.string(), doneAtMs: ms, outcome }),
  z.object({
    ...atHop,
    fact: z.literal("sighted"),
    tag: z.string(),
    occurrence: z.string(),
    seenAtMs: ms,
    place: z.string(),
  }),
  z.object({ ...atHop, fact: z.literal("covered"), untilMs: ms, how: z.string() }),
  z.object({
    ...atHop,
    fact: z.literal("measured"),
    when: z.enum(["before", "after"]),
    windowStartMs: ms,
    windowEndMs: ms,
    datapoints: z.array(z.object({ startMs: ms, sum: z.number() })),
  }),
  z.object({
    ...atHop,
    fact: z.literal("wait-ended"),
    startedAtMs: ms,
    attempts: count,
    ending: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("satisfied") }),
      z.object({ kind: z.literal("deadline"), lastError: readError.nullable() }),
      z.object({ kind: z.literal("refused"), error: readError }),
      z.object({ kind: z.literal("interrupted") }),
    ]),
  }),
  z.object({
    fact: z.literal("setting"),
    atMs: ms,
    subject: z.string(),
    setting: z.union([settingSchema, stateSettingSchema]),
  }),
  z.object({
    fact: z.literal("setting-absent"),
    atMs: ms,
    kind: z.union([settingKindSchema, stateSettingKindSchema]),
    subject: z.string(),
  }),
  z.object({
    fact: z.literal("setting-unread"),
    atMs: ms,
    kind: z.union([settingKindSchema, stateSettingKindSchema]),
    subject: z.string(),
    error: readError,
  }),
  z.object({
    fact: z.literal("clue"),
    atMs: ms,
    scenario: name,
    functionName: name,
    seen: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("error-line"), logGroup: z.string(), text: z.string() }),
      z.object({ kind: z.literal("metric"), namespace: z.string(), metric: z.string(), value: z.number() }),
    ]),
  }),
  z.object({ fact: z.literal("interrupted"), atMs: ms, signal: z.string() }),
  z.object({ fact: z.literal("crashed"), atMs: ms, scenario: name, part: z.string(), message: z.string() }),
  z.object({ fact: z.literal("calls-made"), atMs: ms, calls: z.record(z.string(), count) }),
  z.object({ fact: z.literal("run-ended"), atMs: ms }),
  loadPhase,
  loadSecond,
  loadArrived,
  loadAbsent,
  loadStreamRead,
  loadReordered,
  loadMetric,
  loadAborted,
  loadCleaned,
  loadEngine,
  loadSaturated,
]);
