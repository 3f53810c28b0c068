import { stateWith } from "../../testing/states.ts";
import { createKinesis } from "../kinesis/kinesis.ts";
import { createStreams } from "../kinesis/stream.ts";
import { output } from "./call.ts";
import { testPorts } from "./ports.ts";

export const StreamARN = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders";

/** Kinesis with one stream, `orders`, on test ports. */
export function kinesis(given: Parameters<typeof testPorts>[0] & { shards?: number; onDemand?: boolean } = {}) {
  const { streams: settings } = stateWith({
    "aws_kinesis_stream.orders": {
      arn: StreamARN,
      name: "orders",
      shard_count: given.shards ?? 1,
      retention_period: 24,
      encryption_type: "KMS",
      kms_key_id: "alias/key",
      stream_mode_details: [{ stream_mode: given.onDemand === true ? "ON_DEMAND" : "PROVISIONED" }],
    },
  });
  const ports = testPorts(given);
  const streams = createStreams(settings, ports.clock.nowMs());
  return { ...createKinesis({ ...ports, streams }), ...ports };
}

export const base64 = (text: string) => Buffer.from(text).toString("base64");
export const entry = (PartitionKey: string, data = PartitionKey) => ({ PartitionKey, Data: base64(data) });

/** An iterator of the first shard, as asked for. */
export async function iterator(service: ReturnType<typeof kinesis>["service"], more: Record<string, unknown>) {
  const input = { StreamName: "orders", ShardId: "shardId-000000000000", ...more };
  return (await output(service, "GetShardIterator", input))["ShardIterator"];
}
