import type { _Record as StreamRecord } from "@aws-sdk/client-kinesis";
import type { Clock } from "../../model/ports.ts";
import { ReadFailed } from "../read-error.ts";
import { createShardCursor, type ShardPage, type ShardPlace } from "../shard-cursor.ts";

export interface LoadShardOptions extends ShardPlace {
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
  const { clock, shardId } = options;
  const cursor = createShardCursor(options);
  let nextReadMs = Number.NEGATIVE_INFINITY;
  let spacingMs = SPACING_MS;
  let recordBytes = FIRST_RECORD_BYTES;
  let readUntilMs: number | undefined;
  let isAtTip = false;
  let hasEnded = false;
  /** How the last read failed, where it did. */
  let failure: ReadFailed | undefined;

  async function readPage(signal: AbortSignal): Promise<ShardPage> {
    const limit = Math.min(MOST_RECORDS, Math.max(1, Math.floor(BYTES_PER_READ / recordBytes)));
    try {
      const page = await cursor.read(signal, limit);
      failure = undefined;
      return page;
    } catch (error) {
      if (!(error instanceof ReadFailed)) throw error;
      failure = error;
      if (error.failure.error.code.startsWith("ProvisionedThroughputExceeded")) {
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
      await cursor.open(signal);
      const begunMs = clock.nowMs();
      nextReadMs = begunMs + spacingMs;
      const { records, isEnd, isTip } = await readPage(signal);
      let sizeBytes = 0;
      for (const record of records) {
        options.onRecord(record, begunMs);
        readUntilMs = record.ApproximateArrivalTimestamp?.getTime() ?? readUntilMs;
        sizeBytes += (record.Data?.byteLength ?? 0) + RECORD_OVERHEAD_BYTES;
      }
      if (records.length > 0) recordBytes = Math.max(1, sizeBytes / records.length);
      spacingMs = Math.max(SPACING_MS, spacingMs - SPACING_STEP_MS);
      hasEnded = isEnd;
      isAtTip = isTip;
      if (isAtTip) readUntilMs = begunMs;
    },
  };
}
