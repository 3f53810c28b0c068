import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  type KinesisClient,
  type _Record as StreamRecord,
} from "@aws-sdk/client-kinesis";
import { call } from "./call.ts";
import { ReadFailed, unreadable } from "./read-error.ts";

export interface ShardPlace {
  readonly stream: string;
  readonly shardId: string;
  /** Where to begin; undefined means at the shard's oldest record. */
  readonly fromMs: number | undefined;
  readonly client: KinesisClient;
}

/** A place in a shard, which moves on behind every page that is read. */
export interface ShardCursor {
  /** Finds where to read on, where that is not known: a separate call, with a separate limit. @throws ReadFailed */
  open(signal: AbortSignal): Promise<void>;
  /** Reads the next page, of at most `limit` records. @throws ReadFailed */
  read(signal: AbortSignal, limit?: number): Promise<ShardPage>;
}

export interface ShardPage {
  readonly records: readonly StreamRecord[];
  /** The shard is closed, and nothing comes after this page. */
  readonly isEnd: boolean;
  /** Nothing is there behind this page, so far. */
  readonly isTip: boolean;
}

export function createShardCursor(place: ShardPlace): ShardCursor {
  const { client } = place;
  let iterator: string | undefined;
  let lastSequence: string | undefined;

  async function find(signal: AbortSignal): Promise<string> {
    const command = new GetShardIteratorCommand(iteratorInput(place, lastSequence));
    const output = await call("kinesis:GetShardIterator", signal, () => client.send(command, { abortSignal: signal }));
    if (output.ShardIterator !== undefined) return output.ShardIterator;
    throw unreadable("kinesis:GetShardIterator", "the answer holds no ShardIterator");
  }

  return {
    async open(signal) {
      iterator ??= await find(signal);
    },
    async read(signal, limit) {
      iterator ??= await find(signal);
      const command = new GetRecordsCommand({ ShardIterator: iterator, Limit: limit });
      try {
        const output = await call("kinesis:GetRecords", signal, () => client.send(command, { abortSignal: signal }));
        const { Records: records, NextShardIterator: next } = output;
        if (records === undefined) throw unreadable("kinesis:GetRecords", "the answer holds no Records");
        lastSequence =
          records.findLast(({ SequenceNumber }) => SequenceNumber !== undefined)?.SequenceNumber ?? lastSequence;
        iterator = next;
        return { records, isEnd: next === undefined, isTip: next === undefined || output.MillisBehindLatest === 0 };
      } catch (error) {
        // An iterator lives for 5 minutes; the next read takes a new one, from after the last record that was read.
        if (error instanceof ReadFailed && error.failure.error.code.startsWith("ExpiredIterator")) iterator = undefined;
        throw error;
      }
    },
  };
}

/** What to ask for to read a shard on behind a record, or from where reading begins where none has been read yet. */
function iteratorInput(
  { stream, shardId, fromMs }: ShardPlace,
  lastSequence: string | undefined,
): GetShardIteratorCommandInput {
  const shard = { StreamName: stream, ShardId: shardId };
  if (lastSequence !== undefined) {
    return { ...shard, ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber: lastSequence };
  }
  if (fromMs === undefined) return { ...shard, ShardIteratorType: "TRIM_HORIZON" };
  return { ...shard, ShardIteratorType: "AT_TIMESTAMP", Timestamp: new Date(fromMs) };
}
