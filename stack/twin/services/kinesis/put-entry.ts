import type { FaultAction } from "../../model/ports.ts";
import { hashKeyOf, LARGEST_HASH_KEY } from "./hash-key.ts";
import type { HeldRecords } from "./held-records.ts";
import type { KinesisParts } from "./kinesis-parts.ts";
import type { Shard } from "./shard.ts";
import { type Stream, shardFor } from "./stream.ts";

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html */
export const MAXIMUM_RECORD_BYTES = 1024 * 1024;

export interface PutEntry {
  readonly Data: Uint8Array;
  readonly PartitionKey: string;
  readonly ExplicitHashKey?: string | undefined;
}

interface FailedEntry {
  readonly kind: "failed";
  readonly errorCode: string;
  readonly errorMessage: string;
}

/** A record that its shard takes, and what is planted on it. */
interface AdmittedEntry {
  readonly kind: "admitted";
  readonly entry: PutEntry;
  readonly shard: Shard;
  readonly sizeBytes: number;
  readonly fault: FaultAction;
}

export type PutResult =
  | { readonly kind: "stored"; readonly shardId: string; readonly sequenceNumber: string; readonly sizeBytes: number }
  | FailedEntry;

/**
 * Whether the shard that owns the record's hash key takes it. A fault is planted only on what is admitted: what the shard's limit
 * refuses comes again, and the ledger of faults would have it twice.
 */
export function admitEntry(
  { limits, faults, home }: KinesisParts,
  stream: Stream,
  entry: PutEntry,
): AdmittedEntry | FailedEntry {
  const hashKey = entry.ExplicitHashKey === undefined ? hashKeyOf(entry.PartitionKey) : BigInt(entry.ExplicitHashKey);
  const shard = shardFor(stream, hashKey > LARGEST_HASH_KEY ? LARGEST_HASH_KEY : hashKey);
  const sizeBytes = entry.Data.byteLength + Buffer.byteLength(entry.PartitionKey);
  const throttled = (): FailedEntry => {
    const errorMessage = `Rate exceeded for shard ${shard.shardId} in stream ${stream.name} under account ${home.accountId}.`;
    return { kind: "failed", errorCode: "ProvisionedThroughputExceededException", errorMessage };
  };
  if (!limits.ofShard(stream.arn, shard.shardId).admitRecord(sizeBytes)) return throttled();
  const fault = faults.actionAt(`stream:${stream.name}`, entry.PartitionKey);
  if (fault.kind === "throttle") return throttled();
  if (fault.kind === "error")
    return { kind: "failed", errorCode: fault.code, errorMessage: "Internal service failure." };
  return { kind: "admitted", entry, shard, sizeBytes, fault };
}

/** Stores an admitted record as its fault says; it is answered as if it were stored once and at once. */
export function storeEntry(
  { entry, shard, sizeBytes, fault }: AdmittedEntry,
  held: HeldRecords,
  receivedMs: number,
  nowMs: number,
): PutResult {
  const result = (sequenceNumber: string): PutResult => {
    return { kind: "stored", shardId: shard.shardId, sequenceNumber, sizeBytes };
  };
  const record = { partitionKey: entry.PartitionKey, data: entry.Data };
  if (fault.kind === "drop") return result(shard.lose(record.partitionKey, nowMs));
  if (fault.kind === "reorder") return result(held.hold(shard, record, fault));
  const { sequenceNumber } = shard.append(record.partitionKey, record.data, nowMs);
  if (fault.kind === "duplicate") shard.append(record.partitionKey, record.data, nowMs);
  held.stored(shard, receivedMs);
  return result(sequenceNumber);
}
