import { z } from "zod";

/**
 * A pipeline as a user writes it: an entry, the hops where its events can be seen, and a sink.
 * Strings may hold `{output_name}`, filled from Terraform's outputs, and `{tag}`, filled per event.
 */
const text = z.string().min(1);

const httpEntry = z.strictObject({
  kind: z.enum(["alb", "api-gateway"]),
  method: z.enum(["POST", "PUT"]).default("POST"),
  url: text,
  /** JSON of one event; some string in it holds `{tag}`. */
  body: z.record(z.string(), z.json()),
  /** JSON of a request that carries several; the string `{events}` in it becomes their list. */
  batchBody: z.record(z.string(), z.json()).optional(),
});

const s3Entry = z.strictObject({
  kind: z.literal("s3"),
  bucket: text,
  /** Object key; holds `{tag}`. */
  key: text,
  body: z.record(z.string(), z.json()),
});

const hop = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("object"), name: text, bucket: text, key: text }),
  z.strictObject({ kind: z.literal("log"), name: text, logGroup: text }),
  z.strictObject({ kind: z.literal("stream"), name: text, stream: text }),
  z.strictObject({
    kind: z.literal("metric"),
    name: text,
    namespace: text,
    metric: text,
    dimensions: z.record(text, text),
    counts: z.enum(["events", "bytes"]).default("events"),
  }),
  z.strictObject({
    kind: z.literal("item"),
    name: text,
    table: text,
    key: z.record(text, text),
    /** Number attribute that counts how often the item was written. */
    deliveriesAttribute: text.optional(),
    /** Number attribute that holds when it was written, in milliseconds since the epoch. */
    writtenAtAttribute: text.optional(),
  }),
]);

/** Names or ARNs of the resources behind the pipeline; model/role.ts says what each part is. */
const roles = z.strictObject({
  loadBalancer: text.optional(),
  targetGroup: text.optional(),
  vpc: text.optional(),
  logsBucket: text.optional(),
  entryFunction: text.optional(),
  stream: text.optional(),
  consumerFunction: text.optional(),
  table: text.optional(),
  tableActions: text.optional(),
  bucket: text.optional(),
  api: text.optional(),
  apiStage: text.optional(),
  apiRoute: text.optional(),
  proofInstance: text.optional(),
  proofObjectKey: text.optional(),
  key: text.optional(),
  accessLogGroup: text.optional(),
  flowLogGroup: text.optional(),
});

export const pipelineSchema = z.strictObject({
  /** Lower-case letters and digits: it is also the producer part of the tags. */
  name: z.string().regex(/^[a-z][a-z0-9]*$/, "lower-case letters and digits, beginning with a letter"),
  entry: z.discriminatedUnion("kind", [httpEntry, s3Entry]),
  /** In the order in which an event passes them; the last is the sink. */
  hops: z
    .array(hop)
    .min(1)
    .refine((hops) => hops.at(-1)?.kind === "item", "the last hop is the sink and must be of kind item")
    .refine((hops) => new Set(hops.map(({ name }) => name)).size === hops.length, "two hops have the same name"),
  /** The parts that resources play, for the checks; a part that is left out turns its checks off. */
  roles: roles.prefault({}),
});

export const pipelinesSchema = z
  .array(pipelineSchema)
  .min(1)
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "two pipelines have the same name");

export type Pipeline = z.infer<typeof pipelineSchema>;

/** A pipeline as it is written: what has a default may be left out. */
export type PipelineDefinition = z.input<typeof pipelineSchema>;

/** Gives a pipelines file its types; the file is checked when it is loaded. */
export function definePipelines(pipelines: PipelineDefinition[]): PipelineDefinition[] {
  return pipelines;
}
