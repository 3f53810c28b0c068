import { z } from "zod";
import { canaryContextSchema } from "./canary.ts";
import type { DeepReadonly } from "./deep-readonly.ts";
import { loadSpecSchema } from "./load.ts";
import { loadFactSchema } from "./load-fact.ts";
import { outcomeSchema } from "./outcome.ts";
import { readErrorSchema } from "./read-error.ts";
import { scenarioSchema } from "./scenario.ts";
import { settingKindSchema, settingSchema } from "./settings/setting.ts";

/** The lines of a journal: something that was done or seen. Times are milliseconds since the epoch. */
const ms = z.number();
const count = z.int().min(0);
const text = z.string();
/** The identity of an event as text: `EventTag`. */
const tag = z.string();

/** When the fact was written down. */
const written = { atMs: ms };
const ofScenario = { ...written, scenario: text };
const atHop = { ...ofScenario, hop: text };

export const runKindSchema = z.enum(["verify", "canary", "load"]);

export type RunKind = z.infer<typeof runKindSchema>;

export const targetSchema = z.object({
  kind: z.enum(["aws", "twin", "endpoint"]),
  accountId: text,
  region: text,
  deployment: text.describe("what the deployment was read from, as the user named it"),
});

export type Target = DeepReadonly<z.infer<typeof targetSchema>>;

/** Always the first fact; carries what is needed to judge the rest. */
const runStartedSchema = z.object({
  ...written,
  fact: z.literal("run-started"),
  journalVersion: z.literal(1),
  runId: text,
  kind: runKindSchema,
  target: targetSchema,
  scenarios: z.array(scenarioSchema),
  /** Only findings whose codes this glob matches are judged (`--only`); null judges all. */
  onlyFindings: text.nullable(),
  /**
   * Why the endpoint could not say whose credentials these are; absent where it did. Then it may not be reachable at all, and an
   * entry that does not answer says nothing about the stack.
   */
  identityError: readErrorSchema.optional(),
  /** Load runs: how each scenario is loaded. Absent in all others. */
  loads: z.array(loadSpecSchema).optional(),
  /** Canary runs: what came before. Absent in all others. */
  canary: canaryContextSchema.optional(),
});

export type RunStarted = DeepReadonly<z.infer<typeof runStartedSchema>>;

/** An event was planned: it counts from here, sent or not. */
const intendedSchema = z.object({
  ...ofScenario,
  fact: z.literal("intended"),
  tag,
  intendedAtMs: ms,
  /** Bytes of the event's own body. */
  sizeBytes: count,
});

export type Intended = DeepReadonly<z.infer<typeof intendedSchema>>;

const sentSchema = z.object({ ...ofScenario, fact: z.literal("sent"), tag, sentAtMs: ms });

export type Sent = DeepReadonly<z.infer<typeof sentSchema>>;

const answeredSchema = z.object({
  ...ofScenario,
  fact: z.literal("answered"),
  tag,
  doneAtMs: ms,
  outcome: outcomeSchema,
});

export type Answered = DeepReadonly<z.infer<typeof answeredSchema>>;

/** An event was seen at a hop. The same occurrence may be reported more than once and counts once. */
const sightedSchema = z.object({
  ...atHop,
  fact: z.literal("sighted"),
  tag,
  /** What tells one occurrence from another at this hop: a sequence number, a log event id, an item's write count. */
  occurrence: text,
  /** When it happened by the service's own clock; by ours where the service does not say. */
  seenAtMs: ms,
  /** Where, in the words of the service: shard and sequence number, log stream, table and key. */
  place: text,
});

export type Sighted = DeepReadonly<z.infer<typeof sightedSchema>>;

/**
 * An observer has demonstrably read past a point: whatever was at this hop before `untilMs` has been seen.
 * Without it nothing may be called absent.
 */
const coveredSchema = z.object({
  ...atHop,
  fact: z.literal("covered"),
  untilMs: ms,
  /** How that is known: `read to the tip of shardId-000000000000`, `consistent read after the deadline`. */
  how: text,
});

export type Covered = DeepReadonly<z.infer<typeof coveredSchema>>;

/** A metric was read. Datapoints that did not come are not listed; an empty list is "no data", never zero. */
const measuredSchema = z.object({
  ...atHop,
  fact: z.literal("measured"),
  /** `before`: the same window read before the first send. */
  when: z.enum(["before", "after"]),
  windowStartMs: ms,
  windowEndMs: ms,
  datapoints: z.array(z.object({ startMs: ms, sum: z.number() })),
});

export type Measured = DeepReadonly<z.infer<typeof measuredSchema>>;

/** How an observer's wait ended. */
const waitEndedSchema = z.object({
  ...atHop,
  fact: z.literal("wait-ended"),
  startedAtMs: ms,
  attempts: count,
  ending: z.discriminatedUnion("kind", [
    /** Everything that was waited for came. */
    z.object({ kind: z.literal("satisfied") }),
    /** Time was up; `lastError` is the last failed read, if the last one failed. */
    z.object({ kind: z.literal("deadline"), lastError: readErrorSchema.nullable() }),
    /** A read failed in a way that waiting does not fix (access denied, no such stream). */
    z.object({ kind: z.literal("refused"), error: readErrorSchema }),
    z.object({ kind: z.literal("interrupted") }),
  ]),
});

export type WaitEnded = DeepReadonly<z.infer<typeof waitEndedSchema>>;
export type WaitEnding = WaitEnded["ending"];

/** What the logs and metrics of a function show after events were found missing. */
const clueSchema = z.object({
  ...ofScenario,
  fact: z.literal("clue"),
  functionName: text,
  seen: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("error-line"), logGroup: text, text }),
    z.object({ kind: z.literal("metric"), namespace: text, metric: text, value: z.number() }),
  ]),
});

export type Clue = DeepReadonly<z.infer<typeof clueSchema>>;

/** A setting as the account, or Terraform, has it. */
export const settingReadSchema = z.object({
  ...written,
  fact: z.literal("setting"),
  /** The name or ARN by which it was asked for. */
  subject: text,
  setting: settingSchema,
});

export type SettingRead = DeepReadonly<z.infer<typeof settingReadSchema>>;

/** The account says that there is no such resource. */
export const settingAbsentSchema = z.object({
  ...written,
  fact: z.literal("setting-absent"),
  kind: settingKindSchema,
  subject: text,
});

export type SettingAbsent = DeepReadonly<z.infer<typeof settingAbsentSchema>>;

/** A setting could not be read: what depends on it is unknown. */
const settingUnreadSchema = z.object({
  ...written,
  fact: z.literal("setting-unread"),
  kind: settingKindSchema,
  subject: text,
  error: readErrorSchema,
});

export type SettingUnread = DeepReadonly<z.infer<typeof settingUnreadSchema>>;

/** A part of the harness itself failed; what it would have judged is unknown. */
const crashedSchema = z.object({ ...ofScenario, fact: z.literal("crashed"), part: text, message: text });

export type Crashed = DeepReadonly<z.infer<typeof crashedSchema>>;

/** How many calls the run made to each operation (`dynamodb:BatchGetItem`), its own repetitions included. */
const callsMadeSchema = z.object({ ...written, fact: z.literal("calls-made"), calls: z.record(text, count) });

/** Always the last fact of a run that ended by itself or was interrupted. */
const runEndedSchema = z.object({ ...written, fact: z.literal("run-ended") });

/** One line of the journal. */
export const factSchema = z.discriminatedUnion("fact", [
  runStartedSchema,
  intendedSchema,
  sentSchema,
  answeredSchema,
  sightedSchema,
  coveredSchema,
  measuredSchema,
  waitEndedSchema,
  clueSchema,
  settingReadSchema,
  settingAbsentSchema,
  settingUnreadSchema,
  z.object({ ...written, fact: z.literal("interrupted"), signal: text }),
  crashedSchema,
  callsMadeSchema,
  runEndedSchema,
  ...loadFactSchema.options,
]);

export type Fact = DeepReadonly<z.infer<typeof factSchema>>;
