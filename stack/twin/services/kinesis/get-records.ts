import { z } from "zod";
import type { StreamRecord } from "../../model/ports.ts";
import { Blob, Timestamp } from "../../model/values.ts";
import { failed, ok } from "../answer.ts";
import { type Operation, operation } from "../operation.ts";
import { type KinesisParts, keyRefusal, streamArnOf } from "./kinesis-parts.ts";
import { MAXIMUM_RECORDS_PER_READ, readShard } from "./read-shard.ts";
import { ITERATOR_LIFETIME_MS, readIterator, type ShardIterator, writeIterator } from "./shard-iterator.ts";
import type { Stream } from "./stream.ts";
import type { StreamMetrics } from "./stream-metrics.ts";

export function getRecords(parts: KinesisParts, metrics: StreamMetrics): Operation {
  return operation({
    input: z.object({
      ShardIterator: z.string().min(1).max(512),
      Limit: z.int().min(1).max(MAXIMUM_RECORDS_PER_READ).optional(),
      StreamARN: z.string().optional(),
    }),
    access: (call) => {
      const StreamName = readIterator(call.ShardIterator)?.streamName ?? "";
      return [{ action: "kinesis:GetRecords", resourceArn: streamArnOf(parts.home, { StreamName }) }];
    },
    run(call, { principal }) {
      const iterator = readIterator(call.ShardIterator);
      const stream = iterator === undefined ? undefined : parts.streams.byName(iterator.streamName);
      const shard = stream?.shards.find(({ shardId }) => shardId === iterator?.shardId);
      if (iterator === undefined || stream === undefined || shard === undefined) {
        return failed("InvalidArgumentException", "Invalid ShardIterator.");
      }
      const nowMs = parts.clock.nowMs();
      if (nowMs - iterator.issuedAtMs > ITERATOR_LIFETIME_MS) return expired(iterator, nowMs);
      const refused = keyRefusal(parts, "read", principal, stream);
      if (refused !== undefined) return refused;
      const limit = call.Limit ?? MAXIMUM_RECORDS_PER_READ;
      const read = readShard(parts, metrics, stream, shard, iterator.index, limit);
      if (read === "throttled") {
        const where = `shard ${shard.shardId} in stream ${stream.name} under account ${parts.home.accountId}`;
        return failed("ProvisionedThroughputExceededException", `Rate exceeded for ${where}.`);
      }
      return ok({
        Records: read.records.map((record) => recordOf(record, stream)),
        NextShardIterator: writeIterator({ ...iterator, index: read.nextIndex, issuedAtMs: nowMs }),
        MillisBehindLatest: read.millisBehindLatest,
      });
    },
  });
}

function recordOf(record: StreamRecord, stream: Stream) {
  return {
    SequenceNumber: record.sequenceNumber,
    ApproximateArrivalTimestamp: new Timestamp(record.approximateArrivalMs),
    Data: new Blob(record.data),
    PartitionKey: record.partitionKey,
    EncryptionType: stream.settings.encryption_type,
  };
}

function expired(iterator: ShardIterator, nowMs: number) {
  const created = new Date(iterator.issuedAtMs).toUTCString();
  const now = new Date(nowMs).toUTCString();
  return failed(
    "ExpiredIteratorException",
    `Iterator expired. The iterator was created at time ${created} while right now it is ${now} which is further in the ` +
      `future than the tolerated delay of ${ITERATOR_LIFETIME_MS} milliseconds.`,
  );
}
