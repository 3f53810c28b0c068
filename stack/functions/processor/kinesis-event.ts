import { isJsonObject } from "../shared/json.ts";

/** What the processor uses of one record; `data` and the other contents are checked when the record is decoded. */
export interface KinesisEventRecord {
  /** `shardId-000000000000:<sequence number>` */
  readonly eventID: string;
  readonly kinesis: {
    readonly sequenceNumber: string;
    readonly partitionKey?: unknown;
    /** base64 */
    readonly data?: unknown;
    /** epoch seconds, with a fraction */
    readonly approximateArrivalTimestamp?: unknown;
  };
}

export interface KinesisEvent {
  readonly Records: readonly KinesisEventRecord[];
}

/**
 * Whether the event is one of a Kinesis event source mapping.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
 */
export function isKinesisEvent(event: unknown): event is KinesisEvent {
  return isJsonObject(event) && Array.isArray(event["Records"]) && event["Records"].every(isKinesisEventRecord);
}

// Without a sequence number a record could not be reported as failed.
function isKinesisEventRecord(record: unknown): boolean {
  return (
    isJsonObject(record) &&
    typeof record["eventID"] === "string" &&
    isJsonObject(record["kinesis"]) &&
    typeof record["kinesis"]["sequenceNumber"] === "string"
  );
}

export function shardIdOf(record: KinesisEventRecord): string {
  return record.eventID.split(":")[0] ?? record.eventID;
}
