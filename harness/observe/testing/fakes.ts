import { setImmediate as nextTurn } from "node:timers/promises";
import { CloudWatchClient, type Datapoint } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { KinesisClient } from "@aws-sdk/client-kinesis";
import { S3Client } from "@aws-sdk/client-s3";
import type { EventTag } from "../../model/event.ts";
import type { Hop } from "../../model/hop.ts";
import type { Clock } from "../../model/ports.ts";
import type { AwaitedEvents } from "../awaited.ts";
import type { ObserverClients } from "../observer.ts";
import { CONFIG, METADATA, NO_CLIENTS, serviceError } from "./clients.ts";
import { tableClient } from "./table-client.ts";

/** Called before each service call; throws, or never ends, where a test wants a failing service. */
export type Gate = (command: string) => Promise<void>;

/** A service in memory behind a real SDK client: commands are answered before they reach the wire. */
export interface FakeService {
  readonly hop: Hop;
  /** The IAM action that a denied read must name. */
  readonly operation: string;
  readonly clients: ObserverClients;
  /** Makes an event visible at the hop from a moment on; again and again for duplicates. */
  plant(tag: EventTag, visibleAtMs: number): void;
}

interface Planted {
  readonly tag: EventTag;
  readonly visibleAtMs: number;
}

function createStore(clock: Clock): { plant: FakeService["plant"]; visible(): Planted[] } {
  const planted: Planted[] = [];
  return {
    plant: (tag, visibleAtMs) => {
      planted.push({ tag, visibleAtMs });
      planted.sort((a, b) => a.visibleAtMs - b.visibleAtMs);
    },
    visible: () => planted.filter(({ visibleAtMs }) => visibleAtMs <= clock.nowMs()),
  };
}

/** Two shards of which events take turns; two records a read. Iterators are `shard index:position`. */
export function fakeStream(clock: Clock, gate: Gate): FakeService {
  const store = createStore(clock);
  const client = new KinesisClient(CONFIG);
  const encoder = new TextEncoder();
  client.middlewareStack.add(
    (_next, context) => async (args) => {
      await pass(gate, context.commandName);
      const { input } = args;
      if ("ShardIterator" in input) {
        const [shard, position] = String(input.ShardIterator).split(":").map(Number);
        const ofShard = store.visible().filter((_, index) => index % 2 === shard);
        const from = position ?? 0;
        const page = ofShard.slice(from, from + 2);
        const Records = page.map(({ tag, visibleAtMs }, index) => ({
          Data: encoder.encode(JSON.stringify({ id: tag })),
          PartitionKey: tag,
          SequenceNumber: `${shard}${String(from + index).padStart(6, "0")}`,
          ApproximateArrivalTimestamp: new Date(visibleAtMs),
        }));
        const left = ofShard.length - from - page.length;
        const NextShardIterator = `${shard}:${from + page.length}`;
        return { response: {}, output: { ...METADATA, Records, NextShardIterator, MillisBehindLatest: left * 100 } };
      }
      if ("ShardIteratorType" in input) {
        return { response: {}, output: { ...METADATA, ShardIterator: `${Number(input.ShardId?.slice(-1))}:0` } };
      }
      // One shard a page.
      const isSecond = "NextToken" in input;
      const Shards = [
        { ShardId: `shardId-${isSecond ? 1 : 0}`, HashKeyRange: undefined, SequenceNumberRange: undefined },
      ];
      return { response: {}, output: { ...METADATA, Shards, ...(isSecond ? {} : { NextToken: "second" }) } };
    },
    { step: "initialize", priority: "high" },
  );
  return {
    hop: { kind: "stream", name: "stream", stream: "events" },
    operation: "kinesis:ListShards",
    clients: { ...NO_CLIENTS, kinesis: async () => client },
    plant: store.plant,
  };
}

/** Two log events a page, each page followed by an empty one. */
export function fakeLogGroup(clock: Clock, gate: Gate): FakeService {
  const store = createStore(clock);
  const client = new CloudWatchLogsClient(CONFIG);
  client.middlewareStack.add(
    (_next, context) => async (args) => {
      await pass(gate, context.commandName);
      const { input } = args;
      if (!("filterPattern" in input)) throw new Error("a search without a pattern");
      const wanted = new RegExp(String(input.filterPattern).replaceAll("%", ""));
      const found = store.visible().filter(({ tag }) => wanted.test(`{"ids":["${tag}"]}`));
      const page = Number("nextToken" in input ? input.nextToken : 0);
      const from = Math.floor(page / 2) * 2;
      const events = (page % 2 === 0 ? found.slice(from, from + 2) : []).map(({ tag, visibleAtMs }, index) => ({
        eventId: `event-${from + index}`,
        logStreamName: "2026/11/22/[$LATEST]0",
        timestamp: visibleAtMs - 200,
        message: `{"level":"info","message":"records put","ids":["${tag}"]}\n`,
      }));
      const isEnd = page % 2 === 1 && from + 2 >= found.length;
      return { response: {}, output: { ...METADATA, events, ...(isEnd ? {} : { nextToken: String(page + 1) }) } };
    },
    { step: "initialize", priority: "high" },
  );
  return {
    hop: { kind: "log", name: "log", logGroup: "/aws/lambda/ingest" },
    operation: "logs:FilterLogEvents",
    clients: { ...NO_CLIENTS, cloudwatchLogs: async () => client },
    plant: store.plant,
  };
}

/** Serves at most two keys a call and returns the others as unprocessed; counts deliveries. */
export function fakeTable(clock: Clock, gate: Gate): FakeService {
  const store = createStore(clock);
  const table = tableClient(
    clock.nowMs,
    (id) => {
      const deliveries = store.visible().filter(({ tag }) => tag === id).length;
      return deliveries === 0 ? undefined : { id: { S: id }, deliveries: { N: String(deliveries) } };
    },
    async () => {
      await pass(gate, "BatchGetItemCommand");
      return { served: 2 };
    },
  );
  return {
    hop: { kind: "item", name: "item", table: "items", key: { id: "{tag}" }, deliveriesAttribute: "deliveries" },
    operation: "dynamodb:BatchGetItem",
    clients: { ...NO_CLIENTS, ...table.clients },
    plant: store.plant,
  };
}

/** Each planting of the same key is a new version. */
export function fakeBucket(clock: Clock, gate: Gate): FakeService {
  const store = createStore(clock);
  const client = new S3Client(CONFIG);
  client.middlewareStack.add(
    (_next, context) => async (args) => {
      await pass(gate, context.commandName);
      const key = "Key" in args.input ? args.input.Key : undefined;
      const versions = store.visible().filter(({ tag }) => `in/${tag}.json` === key).length;
      if (versions === 0) throw serviceError("NotFound", 404);
      return { response: {}, output: { ...METADATA, VersionId: `v${versions}`, ServerSideEncryption: "aws:kms" } };
    },
    { step: "initialize", priority: "high" },
  );
  return {
    hop: { kind: "object", name: "object", bucket: "content", key: "in/{tag}.json" },
    operation: "s3:GetObject",
    clients: { ...NO_CLIENTS, s3: async () => client },
    plant: store.plant,
  };
}

/** Counts each planted event once, in the minute in which it became visible; a minute without events has no datapoint. */
export function fakeMetric(clock: Clock, gate: Gate): FakeService {
  const store = createStore(clock);
  const client = new CloudWatchClient(CONFIG);
  client.middlewareStack.add(
    (_next, context) => async (args) => {
      await pass(gate, context.commandName);
      const { input } = args;
      if (!("StartTime" in input) || !("EndTime" in input)) throw new Error("a reading without a window");
      const sums = new Map<number, number>();
      for (const { visibleAtMs } of store.visible()) {
        const minuteMs = Math.floor(visibleAtMs / 60_000) * 60_000;
        if (minuteMs < Number(input.StartTime) || minuteMs >= Number(input.EndTime)) continue;
        sums.set(minuteMs, (sums.get(minuteMs) ?? 0) + 1);
      }
      const Datapoints: Datapoint[] = [...sums].map(([ms, Sum]) => ({ Timestamp: new Date(ms), Sum }));
      return { response: {}, output: { ...METADATA, Datapoints } };
    },
    { step: "initialize", priority: "high" },
  );
  return {
    hop: {
      kind: "metric",
      name: "metric",
      namespace: "AWS/Kinesis",
      metric: "IncomingRecords",
      dimensions: { StreamName: "events" },
      counts: "events",
    },
    operation: "cloudwatch:GetMetricStatistics",
    clients: { ...NO_CLIENTS, cloudwatch: async () => client },
    plant: store.plant,
  };
}

async function pass(gate: Gate, command: string | undefined): Promise<void> {
  // An answer never comes in the same turn as the request.
  await nextTurn();
  await gate(command ?? "unknown");
}

/** Events that were all sent and acked, unless said otherwise. */
export function awaitedEvents(
  sent: readonly EventTag[],
  more: { readonly rejected?: readonly EventTag[]; readonly isSettled?: () => boolean } = {},
): AwaitedEvents {
  const rejected = new Set(more.rejected);
  return {
    sent: () => sent,
    isAwaited: (tag) => !rejected.has(tag),
    isSettled: more.isSettled ?? (() => true),
    ackedSum: (counts) => (sent.length - rejected.size) * (counts === "events" ? 1 : 100),
  };
}
