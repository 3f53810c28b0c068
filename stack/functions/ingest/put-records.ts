import type { PutRecordsCommandInput, PutRecordsOutput } from "@aws-sdk/client-kinesis";
import { type Ending, type Outcome, sendAndResend } from "../shared/resend.ts";
import { type BatchLimits, splitBatches } from "../shared/split-batches.ts";
import { utf8SizeBytes } from "../shared/utf8.ts";
import type { OutgoingEvent } from "./parse-body.ts";

export interface PutRecordsPorts {
  readonly streamName: string;
  readonly putRecords: (input: PutRecordsCommandInput, timeoutMs: number) => Promise<Pick<PutRecordsOutput, "Records">>;
  readonly timeLeftMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
}

/** Where Kinesis has put a record. */
export interface PutPlace {
  readonly shardId: string;
  readonly sequenceNumber: string;
}

/**
 * Partition keys count towards the size.
 * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
 */
export const PUT_RECORDS_LIMITS: BatchLimits = { maxEntries: 500, maxSizeBytes: 5 * 1024 * 1024 };

/** Puts each event into the stream as one record; entries that fail singly are sent again. */
export function putEvents(
  ports: PutRecordsPorts,
  events: readonly OutgoingEvent[],
): Promise<{ readonly outcomes: readonly Outcome<PutPlace>[]; readonly ending: Ending }> {
  return sendAndResend<OutgoingEvent, PutPlace>({
    ...ports,
    entries: events,
    split: (pending) => splitBatches(pending, recordSizeBytes, PUT_RECORDS_LIMITS),
    sendOnce: (batch, timeoutMs) => putBatch(ports, batch, timeoutMs),
  });
}

export function recordSizeBytes(event: OutgoingEvent): number {
  return utf8SizeBytes(event.json) + utf8SizeBytes(event.id);
}

async function putBatch(
  ports: PutRecordsPorts,
  batch: readonly OutgoingEvent[],
  timeoutMs: number,
): Promise<readonly Outcome<PutPlace>[]> {
  const Records = batch.map(({ id, json }) => ({ Data: Buffer.from(json, "utf8"), PartitionKey: id }));
  const answer = await ports.putRecords({ StreamName: ports.streamName, Records }, timeoutMs);
  return (answer.Records ?? []).map(({ ShardId, SequenceNumber, ErrorCode, ErrorMessage }) =>
    ShardId !== undefined && SequenceNumber !== undefined && ErrorCode === undefined
      ? { kind: "accepted", value: { shardId: ShardId, sequenceNumber: SequenceNumber } }
      : {
          kind: "rejected",
          failure: { errorCode: ErrorCode ?? "UnknownError", errorMessage: ErrorMessage ?? "no message" },
        },
  );
}
