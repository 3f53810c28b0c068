/**
 * Sequence numbers as AWS makes them: 56 decimal digits, increasing within a shard. The 188 bits hold, from the top:
 * 2 (4 bits), when the shard was made (36, seconds), zero (4), one more than the record's index in its shard (64), zero
 * (8), when it arrived (36, seconds), the shard's index (32), version 2 (4). The shard's own starting number has zero
 * where records have their index, so that it comes before them all.
 */
export function sequenceNumberOf(shardBase: bigint, index: number, arrivalMs: number): string {
  return (shardBase + (BigInt(index + 1) << 80n) + (BigInt(Math.floor(arrivalMs / 1000)) << 36n)).toString();
}

/** What the sequence numbers of one shard have in common. */
export function sequenceNumberBase(shardIndex: number, createdAtMs: number): bigint {
  return (2n << 184n) | (BigInt(Math.floor(createdAtMs / 1000)) << 148n) | (BigInt(shardIndex) << 4n) | 2n;
}

/** The index of the record that a sequence number names, where it belongs to the shard with this base; -1 is its start. */
export function indexOfSequenceNumber(shardBase: bigint, sequenceNumber: string): number | undefined {
  if (!/^\d{1,128}$/.test(sequenceNumber)) return undefined;
  const value = BigInt(sequenceNumber);
  const withoutRecord = value & ~(((1n << 64n) - 1n) << 80n) & ~(((1n << 36n) - 1n) << 36n);
  if (withoutRecord !== shardBase) return undefined;
  return Number((value >> 80n) & ((1n << 64n) - 1n)) - 1;
}
