import { expiresAtSeconds } from "../shared/limits.ts";
import { utf8SizeBytes } from "../shared/utf8.ts";
import type { DecodedRecord } from "./decode-record.ts";

/** An item of the events table, in DynamoDB's own notation. */
export type EventItem = {
  readonly [name in "id" | "payload" | "shard_id" | "sequence_number" | "partition_key"]: { readonly S: string };
} & { readonly [name in "approximate_arrival_ms" | "written_at_ms" | "expires_at"]: { readonly N: string } };

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
export const MAX_ITEM_SIZE_BYTES = 400 * 1024;

/** A number takes at most 21 bytes: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
const NUMBER_SIZE_BYTES = 21;

/**
 * The item of a record. The same record gives the same item again, but for `written_at_ms`: it expires a fixed time after
 * the record's arrival, not after the write.
 */
export function eventItem(record: DecodedRecord, nowMs: number): EventItem {
  return {
    id: { S: record.id },
    payload: { S: record.payload },
    shard_id: { S: record.shardId },
    sequence_number: { S: record.sequenceNumber },
    partition_key: { S: record.partitionKey },
    approximate_arrival_ms: { N: String(record.approximateArrivalMs) },
    written_at_ms: { N: String(nowMs) },
    expires_at: { N: String(expiresAtSeconds(record.approximateArrivalMs)) },
  };
}

/** The size that DynamoDB counts: names and values, numbers at their largest. */
export function itemSizeBytes(item: EventItem): number {
  const sizes = Object.entries(item).map(
    ([name, value]) => utf8SizeBytes(name) + ("S" in value ? utf8SizeBytes(value.S) : NUMBER_SIZE_BYTES),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
