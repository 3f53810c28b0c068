import type { Clock } from "../model/ports.ts";
import type { ShardLimits } from "../model/service-limits.ts";
import type { Limits } from "./aws-limits.ts";
import { TokenBucket } from "./token-bucket.ts";

/**
 * One shard's limits: each bucket holds what one second allows.
 * https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
 */
export function createShardLimits(limits: Limits, clock: Clock): ShardLimits {
  const bucket = (perSecond: number) => new TokenBucket({ tokensPerSecond: perSecond, size: perSecond }, clock.nowMs());
  const records = bucket(limits.shardRecordsPerSecond);
  const recordBytes = bucket(limits.shardBytesPerSecond);
  // Calls are whole: less than one a second is one after a longer pause.
  const reads = new TokenBucket(
    { tokensPerSecond: limits.shardReadsPerSecond, size: Math.max(1, limits.shardReadsPerSecond) },
    clock.nowMs(),
  );
  const readBytes = bucket(limits.shardReadBytesPerSecond);
  return {
    admitRecord(sizeBytes) {
      const nowMs = clock.nowMs();
      if (!records.has(1, nowMs) || !recordBytes.has(sizeBytes, nowMs)) return false;
      records.spend(1);
      recordBytes.spend(sizeBytes);
      return true;
    },
    admitRead() {
      const nowMs = clock.nowMs();
      return readBytes.isOutOfDebt(nowMs) && reads.take(1, nowMs);
    },
    // A call that gives out more than is left is paid for in full: 10 MiB throttle the shard's readers for 5 s.
    // https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html
    gaveOut: (sizeBytes) => readBytes.spendOrOwe(sizeBytes),
  };
}
