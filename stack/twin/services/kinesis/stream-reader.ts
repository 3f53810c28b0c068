import type { StreamReader } from "../../model/ports.ts";
import { type KinesisParts, keyRefusal } from "./kinesis-parts.ts";
import { readShard } from "./read-shard.ts";
import { indexOfSequenceNumber } from "./sequence-number.ts";
import type { Shard } from "./shard.ts";
import type { StreamMetrics } from "./stream-metrics.ts";

/** Reading from inside, as an event source mapping does. Positions are indexes of the shard, written as text. */
export function createStreamReader(parts: KinesisParts, metrics: StreamMetrics): StreamReader {
  const shardOf = (streamArn: string, shardId: string): Shard | undefined =>
    parts.streams.byArn(streamArn)?.shards.find((shard) => shard.shardId === shardId);
  return {
    shardIds: (streamArn) => parts.streams.byArn(streamArn)?.shards.map(({ shardId }) => shardId) ?? [],
    position(streamArn, shardId, at) {
      const shard = shardOf(streamArn, shardId);
      if (shard === undefined) return "0";
      if (at === "latest") return String(shard.nextIndex);
      if (at === "trim-horizon") return String(shard.oldestIndex);
      if ("timestampMs" in at) return String(shard.indexAtTimestamp(at.timestampMs));
      const index = indexOfSequenceNumber(shard.sequenceBase, at.afterSequenceNumber);
      return String(index === undefined ? shard.oldestIndex : index + 1);
    },
    read(streamArn, shardId, position, limit, reader) {
      const stream = parts.streams.byArn(streamArn);
      const shard = shardOf(streamArn, shardId);
      if (stream === undefined || shard === undefined) return { kind: "not-found" };
      const decision = parts.authorizer.decide({
        principal: reader,
        action: "kinesis:GetRecords",
        resourceArn: streamArn,
        context: { "aws:SecureTransport": "true" },
      });
      if (!decision.allowed) return { kind: "denied", reason: decision.reason };
      const refused = keyRefusal(parts, "read", reader, stream);
      if (refused !== undefined) return { kind: "denied", reason: `${refused.code}: ${refused.message}` };
      const read = readShard(parts, metrics, stream, shard, Number(position), limit);
      if (read === "throttled") return { kind: "throttled" };
      const { records, nextIndex, millisBehindLatest } = read;
      return { kind: "records", records, nextPosition: String(nextIndex), millisBehindLatest };
    },
    async changed(streamArn, shardId, position, atMostMs, signal) {
      const shard = shardOf(streamArn, shardId);
      if (shard === undefined) return parts.clock.wait(atMostMs, signal);
      await shard.changed(Number(position), atMostMs, parts.clock, signal);
    },
  };
}
