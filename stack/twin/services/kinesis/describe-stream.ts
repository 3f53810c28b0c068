import { z } from "zod";
import { Timestamp } from "../../model/values.ts";
import { failed, ok } from "../answer.ts";
import { type Operation, operation } from "../operation.ts";
import { findStream, type KinesisParts, STREAM_NAMED, streamArnOf } from "./kinesis-parts.ts";
import type { Shard } from "./shard.ts";
import { isOnDemand, type Stream } from "./stream.ts";

export function describeStream(parts: KinesisParts): Operation {
  return operation({
    input: z.object({
      ...STREAM_NAMED,
      Limit: z.int().min(1).max(10_000).optional(),
      ExclusiveStartShardId: z.string().optional(),
    }),
    access: (named) => [{ action: "kinesis:DescribeStream", resourceArn: streamArnOf(parts.home, named) }],
    run(call) {
      const stream = findStream(parts, call);
      if ("code" in stream) return stream;
      const after = stream.shards.findIndex(({ shardId }) => shardId === call.ExclusiveStartShardId);
      const page = stream.shards.slice(after + 1, after + 1 + (call.Limit ?? 100));
      const HasMoreShards = after + 1 + page.length < stream.shards.length;
      return ok({ StreamDescription: { ...descriptionOf(stream), Shards: page.map(shardOf), HasMoreShards } });
    },
  });
}

export function describeStreamSummary(parts: KinesisParts): Operation {
  return operation({
    input: z.object(STREAM_NAMED),
    access: (named) => [{ action: "kinesis:DescribeStreamSummary", resourceArn: streamArnOf(parts.home, named) }],
    run(call) {
      const stream = findStream(parts, call);
      if ("code" in stream) return stream;
      const counts = { OpenShardCount: stream.shards.length, ConsumerCount: 0 };
      return ok({ StreamDescriptionSummary: { ...descriptionOf(stream), ...counts } });
    },
  });
}

const listShardsInput = z.object({
  ...STREAM_NAMED,
  NextToken: z.string().optional(),
  ExclusiveStartShardId: z.string().optional(),
  MaxResults: z.int().min(1).max(10_000).optional(),
});

/** A token is the stream's name and the last shard listed: `name/shardId-000000000009`. */
export function listShards(parts: KinesisParts): Operation {
  const named = (call: z.infer<typeof listShardsInput>) =>
    call.NextToken === undefined ? call : { StreamName: call.NextToken.split("/")[0] };
  return operation({
    input: listShardsInput,
    access: (call) => [{ action: "kinesis:ListShards", resourceArn: streamArnOf(parts.home, named(call)) }],
    run(call) {
      const stream = findStream(parts, named(call));
      if ("code" in stream) return stream;
      const afterShardId = call.NextToken?.split("/")[1] ?? call.ExclusiveStartShardId;
      const after = stream.shards.findIndex(({ shardId }) => shardId === afterShardId);
      if (call.NextToken !== undefined && after < 0) return failed("InvalidArgumentException", "Invalid NextToken.");
      const page = stream.shards.slice(after + 1, after + 1 + (call.MaxResults ?? 1000));
      const hasMore = after + 1 + page.length < stream.shards.length;
      return ok({
        Shards: page.map(shardOf),
        NextToken: hasMore ? `${stream.name}/${page.at(-1)?.shardId ?? ""}` : undefined,
      });
    },
  });
}

function descriptionOf(stream: Stream) {
  const { settings } = stream;
  return {
    StreamName: stream.name,
    StreamARN: stream.arn,
    StreamStatus: "ACTIVE",
    StreamModeDetails: { StreamMode: isOnDemand(settings) ? "ON_DEMAND" : "PROVISIONED" },
    RetentionPeriodHours: settings.retention_period,
    StreamCreationTimestamp: new Timestamp(stream.createdAtMs),
    EnhancedMonitoring: [{ ShardLevelMetrics: settings.shard_level_metrics }],
    EncryptionType: settings.encryption_type,
    KeyId: settings.kms_key_id,
  };
}

function shardOf(shard: Shard) {
  return {
    ShardId: shard.shardId,
    HashKeyRange: {
      StartingHashKey: shard.range.starting.toString(),
      EndingHashKey: shard.range.ending.toString(),
    },
    SequenceNumberRange: { StartingSequenceNumber: shard.startingSequenceNumber },
  };
}
