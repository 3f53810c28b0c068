import type { _Record as StreamRecord } from "@aws-sdk/client-kinesis";
import { findTags } from "../model/event.ts";
import type { Clock } from "../model/ports.ts";
import type { Notebook } from "./notebook.ts";
import { createShardCursor, type ShardPlace } from "./shard-cursor.ts";

/** One shard and how far it has been read. */
export interface ShardReader {
  /** Whether the shard took no more records when it was first listed. */
  readonly wasClosed: boolean;
  /** Reads on from where the last read ended; waits where that was too short a time ago. */
  read(signal: AbortSignal): Promise<void>;
  /** Whether the shard is closed and was read to its end. */
  hasEnded(): boolean;
  /** Whether the last read left nothing behind it. */
  isAtTip(): boolean;
  /** When a read that left nothing behind began; infinite for an ended shard, undefined before the first such read. */
  tipMs(): number | undefined;
}

export interface ShardReaderOptions extends ShardPlace {
  readonly isClosed: boolean;
  readonly spacingMs: number;
  readonly identity: { readonly runId: string; readonly producer: string };
  readonly clock: Clock;
  readonly notebook: Notebook;
}

export function createShardReader(options: ShardReaderOptions): ShardReader {
  const { clock, spacingMs } = options;
  const cursor = createShardCursor(options);
  let nextReadMs = Number.NEGATIVE_INFINITY;
  let tipMs: number | undefined;
  let isAtTip = false;

  return {
    wasClosed: options.isClosed,
    hasEnded: () => tipMs === Number.POSITIVE_INFINITY,
    isAtTip: () => isAtTip,
    tipMs: () => tipMs,

    async read(signal) {
      const waitMs = nextReadMs - clock.nowMs();
      if (waitMs > 0) await clock.wait(waitMs, signal);
      await cursor.open(signal);
      const begunMs = clock.nowMs();
      nextReadMs = begunMs + spacingMs;
      const { records, isTip, isEnd } = await cursor.read(signal);
      for (const record of records) noteRecord(record, options, begunMs);
      isAtTip = isTip;
      if (isTip) tipMs = isEnd ? Number.POSITIVE_INFINITY : begunMs;
    },
  };
}

function noteRecord(record: StreamRecord, options: ShardReaderOptions, nowMs: number): void {
  const { identity, shardId, notebook } = options;
  if (record.Data === undefined || record.SequenceNumber === undefined) return;
  for (const tag of findTags(new TextDecoder().decode(record.Data), identity.runId, identity.producer)) {
    notebook.sighted({
      tag,
      occurrence: record.SequenceNumber,
      seenAtMs: record.ApproximateArrivalTimestamp?.getTime() ?? nowMs,
      place: `${shardId}, sequence number ${record.SequenceNumber}`,
    });
  }
}
