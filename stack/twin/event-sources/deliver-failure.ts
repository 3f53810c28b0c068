import { randomUUID } from "node:crypto";
import { functionNameOf } from "../model/function-name.ts";
import type { Clock, ObjectWriter, StreamRecord } from "../model/ports.ts";
import { kinesisEvent } from "./kinesis-event.ts";
import type { EventSourceMappingConfig } from "./mapping-config.ts";
import type { DiscardCondition } from "./process-batch.ts";

interface GivenUp {
  readonly config: EventSourceMappingConfig;
  readonly shardId: string;
  readonly records: readonly StreamRecord[];
  readonly condition: DiscardCondition;
  readonly invocations: number;
}

/**
 * Puts what was given up into the mapping's failure destination, as the function's role; where that may not write, it
 * is lost (https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html).
 */
export async function deliverFailure(
  givenUp: GivenUp,
  { clock, objects }: { readonly clock: Clock; readonly objects?: ObjectWriter },
): Promise<void> {
  const { config, shardId } = givenUp;
  const bucket = bucketOf(config);
  if (bucket === undefined || objects === undefined) return;
  const requestId = randomUUID();
  const at = new Date(clock.nowMs()).toISOString();
  const day = at.slice(0, 10);
  const key = `aws/lambda/${config.uuid}/${shardId}/${day.replaceAll("-", "/")}/${at.slice(0, 19).replaceAll(":", ".")}-${requestId}`;
  const body = JSON.stringify(failureRecord(givenUp, requestId, at));
  const role = {
    kind: "role",
    roleArn: config.functionRoleArn,
    sessionName: functionNameOf(config.functionArn),
  } as const;
  await objects.putObject({ bucket, key, body, contentType: "application/json" }, role);
}

/** The bucket of a failure destination; queues and topics are not part of the twin. */
export function bucketOf({ onFailureDestinationArn }: EventSourceMappingConfig): string | undefined {
  return /^arn:[^:]+:s3:::(.+)$/.exec(onFailureDestinationArn ?? "")?.[1];
}

function failureRecord(
  { config, shardId, records, condition, invocations }: GivenUp,
  requestId: string,
  timestamp: string,
) {
  const [first] = records;
  const last = records.at(-1);
  const arrival = (record: StreamRecord | undefined) =>
    record === undefined ? undefined : new Date(record.approximateArrivalMs).toISOString();
  return {
    requestContext: { requestId, functionArn: config.functionArn, condition, approximateInvokeCount: invocations },
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    version: "1.0",
    timestamp,
    KinesisBatchInfo: {
      shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first),
      approximateArrivalOfLastRecord: arrival(last),
      batchSize: records.length,
      streamArn: config.streamArn,
    },
    payload: kinesisEvent(config, shardId, records),
  };
}
