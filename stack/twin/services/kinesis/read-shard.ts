import type { KinesisParts } from "./kinesis-parts.ts";
import type { Shard, ShardRead } from "./shard.ts";
import type { Stream } from "./stream.ts";
import type { StreamMetrics } from "./stream-metrics.ts";

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html */
export const MAXIMUM_RECORDS_PER_READ = 10_000;
const MAXIMUM_BYTES_PER_READ = 10 * 1024 * 1024;

/** One read of a shard, over the wire or from inside: counted against the shard's reads and reported in its metrics. */
export function readShard(
  parts: KinesisParts,
  metrics: StreamMetrics,
  stream: Stream,
  shard: Shard,
  fromIndex: number,
  limit: number,
): ShardRead | "throttled" {
  const nowMs = parts.clock.nowMs();
  const limits = parts.limits.ofShard(stream.arn, shard.shardId);
  if (!limits.admitRead()) {
    metrics.readThrottled(stream.name);
    return "throttled";
  }
  const read = shard.read(fromIndex, Math.min(limit, MAXIMUM_RECORDS_PER_READ), MAXIMUM_BYTES_PER_READ, nowMs);
  const sizeBytes = read.records.reduce((sum, record) => sum + record.data.byteLength, 0);
  limits.gaveOut(sizeBytes);
  const last = read.records.at(-1);
  const iteratorAgeMs = last === undefined ? read.millisBehindLatest : nowMs - last.approximateArrivalMs;
  const latencyMs = parts.clock.nowMs() - nowMs;
  metrics.get(stream.name, { records: read.records.length, sizeBytes, iteratorAgeMs, latencyMs });
  return read;
}
