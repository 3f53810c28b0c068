import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  type _Record as StreamRecord,
} from "@aws-sdk/client-kinesis";
import type { Clock } from "../../model/ports.ts";
import { call } from "../call.ts";
import { ReadFailed, unreadable } from "../read-error.ts";
import { iteratorInput } from "../shard-iterator.ts";

export interface LoadShardOptions {
  readonly stream: string;
  readonly shardId: string;
  /** Where to begin; undefined means at the shard's oldest record. */
  readonly fromMs: number | undefined;
  readonly client: KinesisClient;
  readonly clock: Clock;
  /** Called for each record, in the shard's order, each once. */
  readonly onRecord: (record: StreamRecord, readAtMs: number) => void;
}

/** One shard of a stream under load, and how far it has been read. */
export interface LoadShard {
  readonly shardId: string;
  /** Reads one page. Where the last read was too short a time ago it reads nothing, and fails as that one did. */
  readIfDue(signal: AbortSignal): Promise<void>;
  /** Whether the shard is closed and was read to its end. */
  hasEnded(): boolean;
  /** Everything that had arrived before this was read; undefined where nothing is known yet. */
  readUntilMs(): number | undefined;
  /** Whether the last read left nothing behind it. */
  isAtTip(): boolean;
}

/** A shard serves 5 reads a second to all its consumers together: one of them is ours. */
const SPACING_MS = 1_000;
/** Where the shard throttles, the stack's own consumer is throttled as well. */
const LONGEST_SPACING_MS = 8_000;
const SPACING_STEP_MS = 500;
/**
 * A shard gives out 2 MB a second to all its consumers together, and one read of 10 MB uses up five seconds of it:
 * docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html. One MB a second, as much as a shard takes in, is ours.
 */
const BYTES_PER_READ = 1_000_000;
const MOST_RECORDS = 10_000;
/** What a record is taken to be until some were read. */
const FIRST_RECORD_BYTES = 10_000;
const RECORD_OVERHEAD_BYTES = 50;

export function createLoadShard(options: LoadShardOptions): LoadShard {
  const { client, clock, shardId } = options;
  let iterator: string | undefined;
  let lastSequence: string | undefined;
  let nextReadMs = Number.NEGATIVE_INFINITY;
  let spacingMs = SPACING_MS;
  let recordBytes = FIRST_RECORD_BYTES;
  let readUntilMs: number | undefined;
  let isAtTip = false;
  let hasEnded = false;
  /** How the last read failed, where it did. */
  let failure: ReadFailed | undefined;

  async function findIterator(signal: AbortSignal): Promise<string> {
    const input = iteratorInput(options, lastSequence);
    const output = await call("kinesis:GetShardIterator", signal, () =>
      client.send(new GetShardIteratorCommand(input), { abortSignal: signal }),
    );
    if (output.ShardIterator !== undefined) return output.ShardIterator;
    throw unreadable("kinesis:GetShardIterator", "the answer holds no ShardIterator");
  }

  async function getRecords(current: string, signal: AbortSignal) {
    const Limit = Math.min(MOST_RECORDS, Math.max(1, Math.floor(BYTES_PER_READ / recordBytes)));
    try {
      const command = new GetRecordsCommand({ ShardIterator: current, Limit });
      return await call("kinesis:GetRecords", signal, () => client.send(command, { abortSignal: signal }));
    } catch (error) {
      if (!(error instanceof ReadFailed)) throw error;
      failure = error;
      const { code } = error.failure.error;
      // An iterator lives for 5 minutes; the next read takes a new one, from after the last record that was read.
      if (code.startsWith("ExpiredIterator")) iterator = undefined;
      if (code.startsWith("ProvisionedThroughputExceeded")) {
        spacingMs = Math.min(LONGEST_SPACING_MS, spacingMs * 2);
        nextReadMs = clock.nowMs() + spacingMs;
      }
      throw error;
    }
  }

  return {
    shardId,
    hasEnded: () => hasEnded,
    isAtTip: () => isAtTip,
    readUntilMs: () => readUntilMs,

    async readIfDue(signal) {
      if (hasEnded) return;
      if (clock.nowMs() < nextReadMs) {
        if (failure !== undefined) throw failure;
        return;
      }
      const current = iterator ?? (await findIterator(signal));
      iterator = current;
      const begunMs = clock.nowMs();
      nextReadMs = begunMs + spacingMs;
      const output = await getRecords(current, signal);
      failure = undefined;
      if (output.Records === undefined) throw unreadable("kinesis:GetRecords", "the answer holds no Records");
      let sizeBytes = 0;
      for (const record of output.Records) {
        options.onRecord(record, begunMs);
        lastSequence = record.SequenceNumber ?? lastSequence;
        readUntilMs = record.ApproximateArrivalTimestamp?.getTime() ?? readUntilMs;
        sizeBytes += (record.Data?.byteLength ?? 0) + RECORD_OVERHEAD_BYTES;
      }
      if (output.Records.length > 0) recordBytes = Math.max(1, sizeBytes / output.Records.length);
      spacingMs = Math.max(SPACING_MS, spacingMs - SPACING_STEP_MS);
      iterator = output.NextShardIterator;
      hasEnded = iterator === undefined;
      isAtTip = hasEnded || output.MillisBehindLatest === 0;
      if (isAtTip) readUntilMs = begunMs;
    },
  };
}
