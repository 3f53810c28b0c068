import { z } from "zod";
import type { DeepReadonly } from "./deep-readonly.ts";

const text = z.string().min(1);

/** The entry's own answer; always the first hop. */
const entryHopSchema = z.object({ kind: z.literal("entry"), name: text });

/** The stored object of an S3 entry. `key` holds `{tag}`. */
export const objectHopSchema = z.object({ kind: z.literal("object"), name: text, bucket: text, key: text });

/** Log events of one group whose text holds the tag. */
export const logHopSchema = z.object({ kind: z.literal("log"), name: text, logGroup: text });

/** Records of a Kinesis stream whose data holds the tag. */
export const streamHopSchema = z.object({ kind: z.literal("stream"), name: text, stream: text });

/** A CloudWatch metric whose sum over the run's minutes must reach what the entry acked. It counts and does not name events. */
export const metricHopSchema = z.object({
  kind: z.literal("metric"),
  name: text,
  namespace: text,
  metric: text,
  dimensions: z.record(text, text),
  /** What one event adds at least: 1 to the sum, or the bytes of its body. */
  counts: z.enum(["events", "bytes"]),
});

/** Items of a DynamoDB table, looked up by key. Values of `key` hold `{tag}`. */
export const itemHopSchema = z.object({
  kind: z.literal("item"),
  name: text,
  table: text,
  key: z.record(text, text),
  /** Number attribute that counts how often the event was written, where the stack keeps one. */
  deliveriesAttribute: text.optional(),
  /** Number attribute that says when the item was written, in milliseconds since the epoch, where the stack keeps one. */
  writtenAtAttribute: text.optional(),
});

/** A place where an event can be seen, with every name resolved. Order in a scenario is the order in which an event passes. */
export const hopSchema = z.discriminatedUnion("kind", [
  entryHopSchema,
  objectHopSchema,
  logHopSchema,
  streamHopSchema,
  metricHopSchema,
  itemHopSchema,
]);

export type Hop = DeepReadonly<z.infer<typeof hopSchema>>;
export type HopKind = Hop["kind"];
export type ObjectHop = DeepReadonly<z.infer<typeof objectHopSchema>>;
export type LogHop = DeepReadonly<z.infer<typeof logHopSchema>>;
export type StreamHop = DeepReadonly<z.infer<typeof streamHopSchema>>;
export type MetricHop = DeepReadonly<z.infer<typeof metricHopSchema>>;
export type ItemHop = DeepReadonly<z.infer<typeof itemHopSchema>>;

/** Whether a hop names the events it saw (all but metrics do). */
export function namesEvents(hop: Hop): boolean {
  return hop.kind !== "metric";
}
