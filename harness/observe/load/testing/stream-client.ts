import { KinesisClient } from "@aws-sdk/client-kinesis";
import { CONFIG, METADATA } from "../../testing/clients.ts";

export interface FakeRecord {
  readonly data: string;
  readonly arrivedMs: number;
}

/** One GetRecords as the stream saw it. */
export interface StreamRead {
  readonly shardId: string;
  readonly limit: number;
  readonly atMs: number;
  /** How many reads of this shard came before it. */
  readonly index: number;
}

export interface FakeStreamPlan {
  /** Shards in the order of the list, with their records in order; those of later arrival are not there yet. */
  readonly shards: Readonly<Record<string, readonly FakeRecord[]>>;
  /** Throws what the service would. */
  readonly gate?: (read: StreamRead) => void;
}

/** A stream in memory behind a real SDK client. Iterators are `shard:position`; sequence numbers are positions. */
export function streamClient(nowMs: () => number, { shards, gate }: FakeStreamPlan) {
  const reads: StreamRead[] = [];
  const iterators: Readonly<Record<string, unknown>>[] = [];
  const encoder = new TextEncoder();
  const client = new KinesisClient(CONFIG);

  function getRecords(shardId: string, from: number, limit: number) {
    const read = { shardId, limit, atMs: nowMs(), index: reads.filter((each) => each.shardId === shardId).length };
    reads.push(read);
    gate?.(read);
    const there = (shards[shardId] ?? []).filter(({ arrivedMs }) => arrivedMs <= nowMs());
    const page = there.slice(from, from + limit);
    const left = there.length - from - page.length;
    return {
      Records: page.map(({ data, arrivedMs }, index) => ({
        Data: encoder.encode(data),
        PartitionKey: "key",
        SequenceNumber: String(from + index),
        ApproximateArrivalTimestamp: new Date(arrivedMs),
      })),
      NextShardIterator: `${shardId}:${from + page.length}`,
      MillisBehindLatest: left === 0 ? 0 : nowMs() - (there[from + page.length]?.arrivedMs ?? 0),
    };
  }

  function answer(input: object) {
    if ("ShardIterator" in input) {
      const [shardId = "", position] = String(input.ShardIterator).split(":");
      return getRecords(shardId, Number(position), "Limit" in input ? Number(input.Limit) : 10_000);
    }
    if ("ShardIteratorType" in input && "ShardId" in input) {
      iterators.push({ ...input });
      const after = "StartingSequenceNumber" in input ? Number(input.StartingSequenceNumber) + 1 : 0;
      return { ShardIterator: `${String(input.ShardId)}:${after}` };
    }
    return { Shards: Object.keys(shards).map((ShardId) => ({ ShardId })) };
  }

  client.middlewareStack.add(() => async (args) => ({ response: {}, output: { ...METADATA, ...answer(args.input) } }), {
    step: "initialize",
    priority: "high",
  });
  return { reads, iterators, clients: { kinesis: async () => client } };
}
