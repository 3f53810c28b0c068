import { z } from "zod";
import { holdBack } from "../../faults/hold-back.ts";
import type { FaultAction } from "../../model/ports.ts";
import { failed, ok } from "../answer.ts";
import type { Access, Operation } from "../operation.ts";
import { findStream, type KinesisParts, keyRefusal, type StreamNamed, streamArnOf } from "./kinesis-parts.ts";
import { maximumRecordBytes, type PutEntry, type PutResult, putEntry } from "./put-entry.ts";
import type { Stream } from "./stream.ts";
import type { StreamMetrics } from "./stream-metrics.ts";

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html */
export const maximumRecords = 500;
export const maximumRequestBytes = 5 * 1024 * 1024;

const streamNamed = { StreamName: z.string().min(1).optional(), StreamARN: z.string().min(1).optional() };

/** JSON carries data as base64, CBOR as bytes. */
const data = z.union([z.string().transform((text) => Buffer.from(text, "base64")), z.instanceof(Buffer)]);

const entry = {
  Data: data,
  PartitionKey: z.string().min(1).max(256),
  ExplicitHashKey: z
    .string()
    .regex(/^(0|[1-9]\d{0,38})$/)
    .optional(),
};

const putRecordInput = z.object({ ...streamNamed, ...entry });
const putRecordsInput = z.object({
  ...streamNamed,
  Records: z.array(z.object(entry)).min(1).max(maximumRecords),
});

type PutRecordInput = z.infer<typeof putRecordInput>;
type PutRecordsInput = z.infer<typeof putRecordsInput>;

export function putRecord(parts: KinesisParts, metrics: StreamMetrics): Operation<PutRecordInput> {
  return {
    input: putRecordInput,
    access: (input) => writeAccess(parts, "kinesis:PutRecord", input),
    async run(input, { principal }) {
      const stream = findStream(parts, input);
      if ("code" in stream) return stream;
      if (input.Data.byteLength > maximumRecordBytes) return tooLarge("data");
      const refused = keyRefusal(parts, "write", principal, stream);
      if (refused !== undefined) return failed(refused.code, refused.message, refused.status);
      const [result] = await putAll(parts, metrics, "PutRecord", stream, [input]);
      if (result === undefined) throw new Error("PutRecord came to no result");
      if (result.kind === "failed") {
        const status = result.errorCode === "InternalFailure" ? 500 : 400;
        return failed(result.errorCode, result.errorMessage, status);
      }
      const { shardId: ShardId, sequenceNumber: SequenceNumber } = result;
      return ok({ ShardId, SequenceNumber, EncryptionType: stream.settings.encryption_type });
    },
  };
}

export function putRecords(parts: KinesisParts, metrics: StreamMetrics): Operation<PutRecordsInput> {
  return {
    input: putRecordsInput,
    access: (input) => writeAccess(parts, "kinesis:PutRecords", input),
    async run(input, { principal }) {
      const stream = findStream(parts, input);
      if ("code" in stream) return stream;
      const oversized = input.Records.findIndex((record) => record.Data.byteLength > maximumRecordBytes);
      if (oversized >= 0) return tooLarge(`records.${oversized + 1}.member.data`);
      const totalBytes = input.Records.reduce(
        (sum, record) => sum + record.Data.byteLength + Buffer.byteLength(record.PartitionKey),
        0,
      );
      if (totalBytes > maximumRequestBytes) {
        return failed("InvalidArgumentException", "Records size exceeds 5 MB limit");
      }
      const refused = keyRefusal(parts, "write", principal, stream);
      if (refused !== undefined) return failed(refused.code, refused.message, refused.status);
      const results = await putAll(parts, metrics, "PutRecords", stream, input.Records);
      return ok({
        FailedRecordCount: results.filter((result) => result.kind === "failed").length,
        Records: results.map(resultOf),
        EncryptionType: stream.settings.encryption_type,
      });
    },
  };
}

async function putAll(
  parts: KinesisParts,
  metrics: StreamMetrics,
  operation: "PutRecord" | "PutRecords",
  stream: Stream,
  entries: readonly PutEntry[],
): Promise<PutResult[]> {
  const startedAtMs = parts.clock.nowMs();
  const faults = entries.map((each) => parts.faults.actionAt(`stream:${stream.name}`, each.PartitionKey));
  await Promise.all(faults.map((fault) => holdBack(fault, parts.clock)));
  const results = putInOrder(parts, stream, entries, faults);
  let successful = 0;
  let successfulBytes = 0;
  let throttled = 0;
  for (const result of results) {
    if (result.kind === "stored") {
      successful += 1;
      successfulBytes += result.sizeBytes;
    } else if (result.errorCode === "ProvisionedThroughputExceededException") throttled += 1;
  }
  const latencyMs = parts.clock.nowMs() - startedAtMs;
  const summary = { operation, records: entries.length, successful, successfulBytes, throttled, latencyMs };
  metrics.put(stream.name, summary);
  return results;
}

/** The results in the order of the entries. Those that are reordered are stored behind the others of their call. */
function putInOrder(
  parts: KinesisParts,
  stream: Stream,
  entries: readonly PutEntry[],
  faults: readonly FaultAction[],
): PutResult[] {
  const planned = entries.map((entry, index) => ({ entry, index, fault: faults[index] ?? { kind: "none" as const } }));
  const late = planned.filter(({ fault }) => fault.kind === "reorder");
  const inTime = planned.filter(({ fault }) => fault.kind !== "reorder");
  const put = [...inTime, ...late].map(({ entry, index, fault }) => ({
    index,
    result: putEntry(parts, stream, entry, fault),
  }));
  return put.toSorted((a, b) => a.index - b.index).map(({ result }) => result);
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
  const limit = `Member must have length less than or equal to ${maximumRecordBytes}`;
  return failed(
    "ValidationException",
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${limit}`,
  );
}
