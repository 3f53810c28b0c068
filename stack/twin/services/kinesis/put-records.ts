import { z } from "zod";
import { NEVER_ABORTS } from "../../model/closing.ts";
import { failed, ok } from "../answer.ts";
import { type Access, type Operation, operation } from "../operation.ts";
import type { HeldRecords } from "./held-records.ts";
import {
  findStream,
  type KinesisParts,
  keyRefusal,
  STREAM_NAMED,
  type StreamNamed,
  streamArnOf,
} from "./kinesis-parts.ts";
import { admitEntry, MAXIMUM_RECORD_BYTES, type PutEntry, type PutResult, storeEntry } from "./put-entry.ts";
import type { Stream } from "./stream.ts";
import type { StreamMetrics } from "./stream-metrics.ts";

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html */
const MAXIMUM_RECORDS = 500;
const MAXIMUM_REQUEST_BYTES = 5 * 1024 * 1024;

/** What writing works with beside what every operation does. */
interface Writing {
  readonly metrics: StreamMetrics;
  readonly held: HeldRecords;
}

/** JSON carries data as base64, CBOR as bytes. */
const data = z.union([z.string().transform((text) => Buffer.from(text, "base64")), z.instanceof(Buffer)]);

const ENTRY = {
  Data: data,
  PartitionKey: z.string().min(1).max(256),
  ExplicitHashKey: z
    .string()
    .regex(/^(0|[1-9]\d{0,38})$/)
    .optional(),
};

export function putRecord(parts: KinesisParts, writing: Writing): Operation {
  return operation({
    input: z.object({ ...STREAM_NAMED, ...ENTRY }),
    access: (input) => writeAccess(parts, "kinesis:PutRecord", input),
    async run(input, { principal }) {
      const stream = findStream(parts, input);
      if ("code" in stream) return stream;
      if (input.Data.byteLength > MAXIMUM_RECORD_BYTES) return tooLarge("data");
      const refused = keyRefusal(parts, "write", principal, stream);
      if (refused !== undefined) return refused;
      const [result] = await putAll(parts, writing, "PutRecord", stream, [input]);
      if (result === undefined) throw new Error("PutRecord came to no result");
      if (result.kind === "failed") {
        const status = result.errorCode === "InternalFailure" ? 500 : 400;
        return failed(result.errorCode, result.errorMessage, status);
      }
      const { shardId: ShardId, sequenceNumber: SequenceNumber } = result;
      return ok({ ShardId, SequenceNumber, EncryptionType: stream.settings.encryption_type });
    },
  });
}

export function putRecords(parts: KinesisParts, writing: Writing): Operation {
  return operation({
    input: z.object({
      ...STREAM_NAMED,
      Records: z.array(z.object(ENTRY)).min(1).max(MAXIMUM_RECORDS),
    }),
    access: (input) => writeAccess(parts, "kinesis:PutRecords", input),
    async run(input, { principal }) {
      const stream = findStream(parts, input);
      if ("code" in stream) return stream;
      const oversized = input.Records.findIndex((record) => record.Data.byteLength > MAXIMUM_RECORD_BYTES);
      if (oversized >= 0) return tooLarge(`records.${oversized + 1}.member.data`);
      const totalBytes = input.Records.reduce(
        (sum, record) => sum + record.Data.byteLength + Buffer.byteLength(record.PartitionKey),
        0,
      );
      if (totalBytes > MAXIMUM_REQUEST_BYTES) {
        return failed("InvalidArgumentException", "Records size exceeds 5 MB limit");
      }
      const refused = keyRefusal(parts, "write", principal, stream);
      if (refused !== undefined) return refused;
      const results = await putAll(parts, writing, "PutRecords", stream, input.Records);
      return ok({
        FailedRecordCount: results.filter((result) => result.kind === "failed").length,
        Records: results.map(resultOf),
        EncryptionType: stream.settings.encryption_type,
      });
    },
  });
}

async function putAll(
  parts: KinesisParts,
  { metrics, held }: Writing,
  operation: "PutRecord" | "PutRecords",
  stream: Stream,
  entries: readonly PutEntry[],
): Promise<PutResult[]> {
  const receivedMs = parts.clock.nowMs();
  const admitted = entries.map((each) => admitEntry(parts, stream, each));
  const delaysMs = admitted.map((each) =>
    each.kind === "admitted" && each.fault.kind === "delay" ? each.fault.delayMs : 0,
  );
  const longestMs = Math.max(...delaysMs);
  if (longestMs > 0) await parts.clock.wait(longestMs, NEVER_ABORTS);
  const nowMs = parts.clock.nowMs();
  const results = admitted.map((each) => (each.kind === "failed" ? each : storeEntry(each, held, receivedMs, nowMs)));
  let successful = 0;
  let successfulBytes = 0;
  let throttled = 0;
  for (const result of results) {
    if (result.kind === "stored") {
      successful += 1;
      successfulBytes += result.sizeBytes;
    } else if (result.errorCode === "ProvisionedThroughputExceededException") throttled += 1;
  }
  const latencyMs = nowMs - receivedMs;
  const summary = { operation, records: entries.length, successful, successfulBytes, throttled, latencyMs };
  metrics.put(stream.name, summary);
  return results;
}

function resultOf(result: PutResult) {
  return result.kind === "stored"
    ? { SequenceNumber: result.sequenceNumber, ShardId: result.shardId }
    : { ErrorCode: result.errorCode, ErrorMessage: result.errorMessage };
}

function writeAccess(parts: KinesisParts, action: string, named: StreamNamed): Access[] {
  return [{ action, resourceArn: streamArnOf(parts.home, named) }];
}

function tooLarge(member: string) {
  const limit = `Member must have length less than or equal to ${MAXIMUM_RECORD_BYTES}`;
  return failed(
    "ValidationException",
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${limit}`,
  );
}
