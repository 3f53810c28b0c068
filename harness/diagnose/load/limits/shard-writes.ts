import type { PhaseResult } from "../../../model/load-report.ts";
import type { LimitRule } from "../limit-rule.ts";
import type { LoadEvidence, Movement } from "../load-evidence.ts";
import { type MetricQuery, sumIn } from "../metric-table.ts";
import { spanOf } from "../phase-span.ts";
import { refusalsIn } from "../refusals.ts";

/** 1 MiB/s and 1,000 records/s: docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
export const SHARD_BYTES_PER_SECOND = 1_048_576;
export const SHARD_RECORDS_PER_SECOND = 1_000;

/** A shard takes no more records in a second. */
export const shardRecords: LimitRule = {
  limit: "shard-records",
  movement: (evidence, phase) => shardWrites(evidence, phase, "records"),
  // The entry function sends refused records again and waits in between: it lasts longer.
  explains: ["entry-concurrency"],
};

/** A shard takes no more bytes in a second. */
export const shardBytes: LimitRule = {
  limit: "shard-bytes",
  movement: (evidence, phase) => shardWrites(evidence, phase, "bytes"),
  explains: ["entry-concurrency"],
};

/**
 * A shard refuses records and bytes with the same error and the same metric. Which of the two is full follows from the size of the
 * records: above 1 MiB / 1,000 bytes are full first, below it records.
 */
function shardWrites(evidence: LoadEvidence, phase: PhaseResult, of: "records" | "bytes"): Movement {
  const { stream } = evidence.size;
  if (stream === null) return { kind: "not-there" };
  const query = (metric: string): MetricQuery => ({
    namespace: "AWS/Kinesis",
    metric,
    statistic: "Sum",
    dimensions: { StreamName: stream.name },
  });
  const subject = `stream ${stream.name}`;
  const refused = refusalsIn(
    evidence,
    phase,
    subject,
    [query("WriteProvisionedThroughputExceeded"), query("PutRecords.ThrottledRecords")],
    query("IncomingRecords"),
  );
  if (refused.kind !== "moved") return refused;
  const records = evidence.metrics.line(query("IncomingRecords"));
  const bytes = evidence.metrics.line(query("IncomingBytes"));
  const count = records === undefined ? 0 : sumIn(records, spanOf(phase));
  if (records === undefined || bytes === undefined || count === 0)
    return {
      kind: "unknown",
      reason: `${subject} refused records, and IncomingBytes or IncomingRecords did not come to tell by what`,
    };
  const bytesPerRecord = sumIn(bytes, spanOf(phase)) / count;
  const isByBytes = bytesPerRecord > SHARD_BYTES_PER_SECOND / SHARD_RECORDS_PER_SECOND;
  if (isByBytes !== (of === "bytes")) return { kind: "still" };
  const size = `records of ${Math.round(bytesPerRecord)} bytes: a shard's ${isByBytes ? "bytes" : "records"} are full first`;
  return { ...refused, evidence: [...refused.evidence, `${stream.openShards} open shards`, size] };
}
