import type { FaultAction } from "../../model/ports.ts";
import { hashKeyOf, largestHashKey } from "./hash-key.ts";
import type { KinesisParts } from "./kinesis-parts.ts";
import type { Shard } from "./shard.ts";
import { type Stream, shardFor } from "./stream.ts";

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html */
export const maximumRecordBytes = 1024 * 1024;

export interface PutEntry {
  readonly Data: Uint8Array;
  readonly PartitionKey: string;
  readonly ExplicitHashKey?: string | undefined;
}

export type PutResult =
  | { readonly kind: "stored"; readonly shardId: string; readonly sequenceNumber: string; readonly sizeBytes: number }
  | { readonly kind: "failed"; readonly errorCode: string; readonly errorMessage: string };

/** Puts one record into the shard that owns its hash key, as the shard's limit and the planted fault allow. */
export function putEntry(parts: KinesisParts, stream: Stream, entry: PutEntry, fault: FaultAction): PutResult {
  const { limits, clock, home } = parts;
  const hashKey = entry.ExplicitHashKey === undefined ? hashKeyOf(entry.PartitionKey) : BigInt(entry.ExplicitHashKey);
  const shard = shardFor(stream, hashKey > largestHashKey ? largestHashKey : hashKey);
  const sizeBytes = entry.Data.byteLength + Buffer.byteLength(entry.PartitionKey);
  if (fault.kind === "error") {
    return { kind: "failed", errorCode: fault.code, errorMessage: "Internal service failure." };
  }
  const admitted =
    fault.kind !== "throttle" &&
    limits.admit({ kind: "shard-write", streamArn: stream.arn, shardId: shard.shardId, sizeBytes });
  if (!admitted) {
    const errorMessage = `Rate exceeded for shard ${shard.shardId} in stream ${stream.name} under account ${home.accountId}.`;
    return { kind: "failed", errorCode: "ProvisionedThroughputExceededException", errorMessage };
  }
  const sequenceNumber = store(shard, entry, fault, clock.nowMs());
  return { kind: "stored", shardId: shard.shardId, sequenceNumber, sizeBytes };
}

/** A dropped record is answered as if it were stored; a duplicated one is stored twice. */
function store(shard: Shard, entry: PutEntry, fault: FaultAction, nowMs: number): string {
  if (fault.kind === "drop") return shard.lose(entry.PartitionKey, nowMs);
  const { sequenceNumber } = shard.append(entry.PartitionKey, entry.Data, nowMs);
  if (fault.kind === "duplicate") shard.append(entry.PartitionKey, entry.Data, nowMs);
  return sequenceNumber;
}
