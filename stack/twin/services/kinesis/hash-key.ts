import { createHash } from "node:crypto";

/** Hash keys are unsigned 128-bit integers. */
export const LARGEST_HASH_KEY = 2n ** 128n - 1n;

/** The MD5 of the partition key as a 128-bit integer. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html */
export function hashKeyOf(partitionKey: string): bigint {
  return BigInt(`0x${createHash("md5").update(partitionKey, "utf8").digest("hex")}`);
}

export interface HashKeyRange {
  readonly starting: bigint;
  readonly ending: bigint;
}

/** The ranges of a stream made with `shardCount` shards: equal shares, the last one to the end. */
export function evenHashKeyRanges(shardCount: number): HashKeyRange[] {
  const share = (LARGEST_HASH_KEY + 1n) / BigInt(shardCount);
  return Array.from({ length: shardCount }, (_, index) => ({
    starting: BigInt(index) * share,
    ending: index === shardCount - 1 ? LARGEST_HASH_KEY : BigInt(index + 1) * share - 1n,
  }));
}
