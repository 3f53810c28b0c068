import { z } from "zod";
import type { DeepReadonly } from "./deep-readonly.ts";
import { type Need, needsOn } from "./settings/need.ts";
import { arnOf, arnOfNamed, type Place } from "./settings/place.ts";
import { subjectOf } from "./settings/subject.ts";

/** Everything that is known of one kind of hop, but for the code that watches it (observe/observe.ts, observe/load/observe-load.ts). */
interface HopKindRecord<H> {
  /**
   * `answers`: the sender tells, there is nothing to watch. `events`: it names the events that it saw. `sum`: it counts and does not
   * tell single events apart, so it never shows that one is missing.
   */
  readonly shows: "answers" | "events" | "sum";
  /** Which of the scenario's deadlines says how long after its sending an event may take to show here. */
  readonly deadline: "requestMs" | "eventsMs" | "logsMs" | "metricsMs";
  /** Whether it is searched for all tags of the run, so that it also shows events that were never sent. */
  readonly isSearched: boolean;
  /** Whether each occurrence here is a delivery of its event, so that a second one shows a duplicate. */
  showsDuplicates(hop: H): boolean;
  /** What is read, in the words of its service: `table events`. */
  describe(hop: H): string;
  /** What watching it needs to be allowed. To read what a key of the account encrypts it needs that key as well. */
  needs(hop: H, place: Place): readonly Need[];
  /** Only of kinds that are watched under load: what that, and cleaning up after it, needs beyond `needs`. */
  readonly needsOfLoad?: (hop: H, place: Place) => readonly Need[];
}

function hopKind<S extends z.ZodObject, const R extends HopKindRecord<DeepReadonly<z.infer<S>>>>(schema: S, record: R) {
  return { ...record, schema };
}

const text = z.string().min(1);
const never = () => false;
const always = () => true;

/** Every kind of hop, in no order. */
export const HOP_KINDS = {
  /** The entry's own answer; always the first hop. */
  entry: hopKind(z.object({ kind: z.literal("entry"), name: text }), {
    shows: "answers",
    deadline: "requestMs",
    isSearched: false,
    showsDuplicates: never,
    describe: () => "the entry",
    needs: () => [],
  }),
  /** The stored object of an S3 entry. `key` holds `{tag}`. */
  object: hopKind(z.object({ kind: z.literal("object"), name: text, bucket: text, key: text }), {
    shows: "events",
    deadline: "eventsMs",
    isSearched: false,
    showsDuplicates: always,
    describe: ({ bucket }) => `bucket ${bucket}`,
    needs: ({ bucket, key }, place) => [
      ...needsOn(["s3:GetObject"], [objectsArn(bucket, key, place)]),
      ...needsOn(["s3:ListBucket"], [`arn:${place.partition}:s3:::${bucket}`]),
    ],
  }),
  /** Log events of one group whose text holds the tag. A function may log one event in as many lines as it likes. */
  log: hopKind(z.object({ kind: z.literal("log"), name: text, logGroup: text }), {
    shows: "events",
    deadline: "logsMs",
    isSearched: true,
    showsDuplicates: never,
    describe: ({ logGroup }) => `log group ${logGroup}`,
    needs: ({ logGroup }, place) => {
      const group = subjectOf("log-group", logGroup, place);
      return needsOn(["logs:FilterLogEvents"], [arnOf("logs", `log-group:${group}:*`, place)]);
    },
  }),
  /** Records of a Kinesis stream whose data holds the tag. */
  stream: hopKind(z.object({ kind: z.literal("stream"), name: text, stream: text }), {
    shows: "events",
    deadline: "eventsMs",
    isSearched: true,
    showsDuplicates: always,
    describe: ({ stream }) => `stream ${stream}`,
    needs: ({ stream }, place) =>
      needsOn(
        ["kinesis:ListShards", "kinesis:GetShardIterator", "kinesis:GetRecords"],
        [arnOfNamed("kinesis", "stream/", stream, place)],
      ),
    needsOfLoad: () => [],
  }),
  /** A CloudWatch metric whose sum over the run's minutes must reach what the entry acked. CloudWatch knows no resources for metrics. */
  metric: hopKind(
    z.object({
      kind: z.literal("metric"),
      name: text,
      namespace: text,
      metric: text,
      dimensions: z.record(text, text),
      /** What one event adds at least: 1 to the sum, or the bytes of its body. */
      counts: z.enum(["events", "bytes"]).default("events"),
    }),
    {
      shows: "sum",
      deadline: "metricsMs",
      isSearched: false,
      showsDuplicates: never,
      describe: ({ namespace, metric }) => `metric ${namespace} ${metric}`,
      needs: () => needsOn(["cloudwatch:GetMetricStatistics"], ["*"]),
    },
  ),
  /** Items of a DynamoDB table, looked up by key. Values of `key` hold `{tag}`. An item whose deliveries nothing counts shows no second one. */
  item: hopKind(
    z.object({
      kind: z.literal("item"),
      name: text,
      table: text,
      key: z.record(text, text),
      /** Number attribute that counts how often the event was written, where the stack keeps one. */
      deliveriesAttribute: text.optional(),
      /** Number attribute that says when the item was written, in milliseconds since the epoch, where the stack keeps one. */
      writtenAtAttribute: text.optional(),
    }),
    {
      shows: "events",
      deadline: "eventsMs",
      isSearched: false,
      showsDuplicates: ({ deliveriesAttribute }) => deliveriesAttribute !== undefined,
      describe: ({ table }) => `table ${table}`,
      needs: ({ table }, place) => needsOn(["dynamodb:BatchGetItem"], [arnOfNamed("dynamodb", "table/", table, place)]),
      needsOfLoad: ({ table }, place) =>
        needsOn(
          ["dynamodb:BatchWriteItem", "dynamodb:DescribeTimeToLive"],
          [arnOfNamed("dynamodb", "table/", table, place)],
        ),
    },
  ),
};

const { entry, ...others } = HOP_KINDS;

/** A place where an event can be seen, with every name resolved. Order in a scenario is the order in which an event passes. */
export const hopSchema = z.discriminatedUnion("kind", [
  entry.schema,
  ...Object.values(others).map(({ schema }) => schema),
]);

export type Hop = DeepReadonly<z.infer<typeof hopSchema>>;
export type HopKind = Hop["kind"];

type Hops = { readonly [K in HopKind]: Extract<Hop, { readonly kind: K }> };
/** A hop of a kind, written so that the compiler pairs it with what a table by kind holds for it. */
export type HopOf<K extends HopKind> = { [P in K]: Hops[P] }[K];
export type ObjectHop = HopOf<"object">;
export type LogHop = HopOf<"log">;
export type MetricHop = HopOf<"metric">;
export type ItemHop = HopOf<"item">;
export type StreamHop = HopOf<"stream">;
/** The kinds that are watched under load. */
export type LoadHopKind = {
  [K in HopKind]: (typeof HOP_KINDS)[K] extends { readonly needsOfLoad: unknown } ? K : never;
}[HopKind];

/** What is known of the kind of a hop. */
export function kindOf<K extends HopKind>(hop: HopOf<K>): HopKindRecord<HopOf<K>> {
  const records: { readonly [P in HopKind]: HopKindRecord<HopOf<P>> } = HOP_KINDS;
  const kind: K = hop.kind;
  return records[kind];
}

/** Whether a hop names the events it saw, as all but those that only count do. The entry names those that it acked. */
export function namesEvents(hop: Hop): boolean {
  return kindOf(hop).shows !== "sum";
}

/** Whether something watches the hop while a load is sent. */
export function isWatchedUnderLoad(hop: Hop): hop is HopOf<LoadHopKind> {
  return kindOf(hop).needsOfLoad !== undefined;
}

/**
 * What a load of these hops needs beyond the `needs` of each: the metrics of limits, and cleaning up. Without `dynamodb:BatchWriteItem` items
 * that nothing expires are left, and the report says so.
 */
export function needsOfLoad(hops: readonly Hop[], place: Place): readonly Need[] {
  return [
    ...needsOn(["cloudwatch:GetMetricData"], ["*"]),
    ...hops.flatMap((hop) => kindOf(hop).needsOfLoad?.(hop, place) ?? []),
  ];
}

/** Keys of objects hold the event's tag. */
export function objectsArn(bucket: string, key: string, { partition }: Place): string {
  return `arn:${partition}:s3:::${bucket}/${key.replaceAll("{tag}", "*")}`;
}
