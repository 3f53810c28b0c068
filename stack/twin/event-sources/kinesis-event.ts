import type { StreamRecord } from "../model/ports.ts";
import type { EventSourceMappingConfig } from "./mapping-config.ts";

/**
 * One record as the function gets it (https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html).
 * `approximateArrivalTimestamp` is in seconds with milliseconds as fraction.
 */
export function kinesisEventRecord(config: EventSourceMappingConfig, shardId: string, record: StreamRecord) {
  return {
    kinesis: {
      kinesisSchemaVersion: "1.0",
      partitionKey: record.partitionKey,
      sequenceNumber: record.sequenceNumber,
      data: Buffer.from(record.data.buffer, record.data.byteOffset, record.data.byteLength).toString("base64"),
      approximateArrivalTimestamp: record.approximateArrivalMs / 1000,
    },
    eventSource: "aws:kinesis",
    eventVersion: "1.0",
    eventID: `${shardId}:${record.sequenceNumber}`,
    eventName: "aws:kinesis:record",
    invokeIdentityArn: config.functionRoleArn,
    awsRegion: config.streamArn.split(":")[3] ?? "",
    eventSourceARN: config.streamArn,
  };
}

export function kinesisEvent(
  config: EventSourceMappingConfig,
  shardId: string,
  records: readonly StreamRecord[],
): string {
  return JSON.stringify({ Records: records.map((record) => kinesisEventRecord(config, shardId, record)) });
}

/** Lambda's bound on an invocation's payload, with room for what surrounds the records. */
const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024 - 1024;
/** The JSON around one record's data and key: names, ARNs, sequence number. */
const RECORD_OVERHEAD_BYTES = 800;

/** How many of the first records fit into one invocation: at most `batchSize` of them and 6 MB of JSON, at least one. */
export function countThatFits(records: readonly StreamRecord[], batchSize: number): number {
  let bytes = 0;
  let count = 0;
  for (const record of records) {
    bytes += Math.ceil(record.data.byteLength / 3) * 4 + record.partitionKey.length * 6 + RECORD_OVERHEAD_BYTES;
    if (count > 0 && (count >= batchSize || bytes > MAX_PAYLOAD_BYTES)) break;
    count += 1;
  }
  return count;
}
