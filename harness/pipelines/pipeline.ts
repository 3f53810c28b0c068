import { z } from "zod";
import { HOP_KINDS } from "../model/hop.ts";
import { rolesSchema } from "../model/role.ts";
import { listOfNamed } from "./definition-fields.ts";

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

/** The entry's own hop is not written: every scenario begins with it. */
const { entry: _, object, ...others } = HOP_KINDS;
const hop = z.discriminatedUnion("kind", [
  object.schema.strict(),
  ...Object.values(others).map(({ schema }) => schema.strict()),
]);

const pipelineSchema = z.strictObject({
  /** Lower-case letters and digits: it is also the producer part of the tags. */
  name: z.string().regex(/^[a-z][a-z0-9]*$/, "lower-case letters and digits, beginning with a letter"),
  entry: z.discriminatedUnion("kind", [httpEntry, s3Entry]),
  /** In the order in which an event passes them; the last is the sink. */
  hops: z
    .array(hop)
    .min(1)
    .refine((hops) => hops.at(-1)?.kind === "item", "the last hop is the sink and must be of kind item")
    .refine((hops) => new Set(hops.map(({ name }) => name)).size === hops.length, "two hops have the same name"),
  /** Names or ARNs of the resources behind the pipeline, for the checks; a role that is left out turns its checks off. */
  roles: rolesSchema.strict().prefault({}),
});

export const pipelinesSchema = listOfNamed(pipelineSchema, "pipelines");

export type Pipeline = z.infer<typeof pipelineSchema>;

/** A pipeline as it is written: what has a default may be left out. */
export type PipelineDefinition = z.input<typeof pipelineSchema>;

/** Gives a pipelines file its types; the file is checked when it is loaded. */
export function definePipelines(pipelines: PipelineDefinition[]): PipelineDefinition[] {
  return pipelines;
}
