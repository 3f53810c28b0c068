import { z } from "zod";
import type { DeepReadonly } from "./deep-readonly.ts";
import { type Hop, hopSchema, namesEvents } from "./hop.ts";
import { rolesSchema } from "./role.ts";
import { verdictSchema } from "./verdict.ts";

const text = z.string();
const durationMs = z.number();

const entrySchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("http"),
    via: z.enum(["alb", "api-gateway"]),
    method: text,
    url: text,
    /** JSON text of one event; holds `{tag}`. */
    body: text,
    /** JSON text of a request with several events; holds `"{events}"`, which becomes the list of their bodies. */
    batchBody: text.nullable(),
  }),
  z.object({
    kind: z.literal("s3"),
    bucket: text,
    /** Holds `{tag}`. */
    key: text,
    body: text,
  }),
]);

export type Entry = DeepReadonly<z.infer<typeof entrySchema>>;

/** Which verdict a kind of event that needs no judgement elsewhere gets. */
const policySchema = z.object({ duplicated: verdictSchema, unexpected: verdictSchema });

export type ScenarioPolicy = DeepReadonly<z.infer<typeof policySchema>>;

/** What to prove, as data with every name resolved: it stands in the journal, so that the journal alone can be judged. */
export const scenarioSchema = z.object({
  /** Short and unique, for `--only` and reports: `alb-to-table`. */
  name: text,
  /** The sentence that the scenario proves. */
  sentence: text,
  pipeline: text,
  /** Producer part of the tags: letters and digits, unique in a run. */
  producer: text,
  entry: entrySchema,
  /** From the entry to the sink. The first is the entry, the last the sink. */
  hops: z.tuple([hopSchema], hopSchema),
  load: z.object({
    /** How many requests, and how many events each carries. */
    requests: z.array(z.object({ events: z.int().nonnegative() })),
    /** Time from one intended request to the next. */
    intervalMs: durationMs,
  }),
  /** How long after the last send each kind of hop may take to show an event. */
  deadlines: z.object({
    requestMs: durationMs,
    eventsMs: durationMs,
    logsMs: durationMs,
    metricsMs: durationMs,
  }),
  policy: policySchema,
  /** The roles that resources have in the pipeline, for the checks. */
  roles: rolesSchema,
});

export type Scenario = DeepReadonly<z.infer<typeof scenarioSchema>>;

/** Where events must arrive: the last hop that can name them. */
export function sinkOf({ hops }: Pick<Scenario, "hops">): Hop | undefined {
  return hops.findLast(namesEvents);
}
