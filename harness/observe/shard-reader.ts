import {
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  type KinesisClient,
} from "@aws-sdk/client-kinesis";
import { findTags } from "../model/event.ts";
import type { Clock } from "../model/ports.ts";
import { call } from "./call.ts";
import type { Notebook } from "./notebook.ts";
import { ReadFailed, unreadable } from "./read-error.ts";
import { iteratorInput } from "./shard-iterator.ts";

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

export interface ShardReaderOptions {
  readonly stream: string;
  readonly shardId: string;
  readonly isClosed: boolean;
  /** Where to begin; undefined means at the shard's oldest record. */
  readonly fromMs: number | undefined;
  readonly spacingMs: number;
  readonly identity: { readonly runId: string; readonly producer: string };
  readonly client: KinesisClient;
  readonly clock: Clock;
  readonly notebook: Notebook;
}

export function createShardReader(options: ShardReaderOptions): ShardReader {
  const { client, clock, spacingMs } = options;
  let iterator: string | undefined;
  let lastSequence: string | undefined;
  let nextReadMs = Number.NEGATIVE_INFINITY;
  let tipMs: number | undefined;
  let isAtTip = false;

  async function findIterator(signal: AbortSignal): Promise<string> {
    const input = iteratorInput(options, lastSequence);
    const output = await call("kinesis:GetShardIterator", signal, () =>
      client.send(new GetShardIteratorCommand(input), { abortSignal: signal }),
    );
    if (output.ShardIterator !== undefined) return output.ShardIterator;
    throw unreadable("kinesis:GetShardIterator", "the answer holds no ShardIterator");
  }

  return {
    wasClosed: options.isClosed,
    hasEnded: () => tipMs === Number.POSITIVE_INFINITY,
    isAtTip: () => isAtTip,
    tipMs: () => tipMs,

    async read(signal) {
      const waitMs = nextReadMs - clock.nowMs();
      if (waitMs > 0) await clock.wait(waitMs, signal);
      const current = iterator ?? (await findIterator(signal));
      iterator = current;
      const begunMs = clock.nowMs();
      nextReadMs = begunMs + spacingMs;
      let output: GetRecordsCommandOutput;
      try {
        output = await call("kinesis:GetRecords", signal, () =>
          client.send(new GetRecordsCommand({ ShardIterator: current }), { abortSignal: signal }),
        );
      } catch (error) {
        // An iterator lives for 5 minutes; the next read takes a new one, from after the last record that was read.
        if (error instanceof ReadFailed && error.failure.error.code.startsWith("ExpiredIterator")) iterator = undefined;
        throw error;
      }
      if (output.Records === undefined) throw unreadable("kinesis:GetRecords", "the answer holds no Records");
      for (const record of output.Records) {
        noteRecord(record, options, begunMs);
        lastSequence = record.SequenceNumber ?? lastSequence;
      }
      iterator = output.NextShardIterator;
      isAtTip = iterator === undefined || output.MillisBehindLatest === 0;
      if (isAtTip) tipMs = iterator === undefined ? Number.POSITIVE_INFINITY : begunMs;
    },
  };
}

type StreamRecord = NonNullable<GetRecordsCommandOutput["Records"]>[number];

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
