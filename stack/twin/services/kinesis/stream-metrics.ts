import type { Clock, MetricSink } from "../../model/ports.ts";
import { remembered } from "../../model/remembered.ts";

/** What one PutRecord or PutRecords came to. */
interface PutSummary {
  readonly operation: "PutRecord" | "PutRecords";
  readonly records: number;
  readonly successful: number;
  readonly successfulBytes: number;
  readonly throttled: number;
  readonly latencyMs: number;
}

interface GetSummary {
  readonly records: number;
  readonly sizeBytes: number;
  readonly iteratorAgeMs: number;
  readonly latencyMs: number;
}

/**
 * The stream-level metrics of AWS/Kinesis. The exceeded metrics are reported as zeros too, as AWS does; the others
 * exist only while there is traffic. https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html
 */
export function createStreamMetrics(sink: MetricSink, clock: Clock) {
  const dimensionsOf = remembered((StreamName) => ({ StreamName }));
  const add = (streamName: string, name: string, value: number, unit: "Count" | "Bytes" | "Milliseconds") =>
    sink.add({
      namespace: "AWS/Kinesis",
      name,
      dimensions: dimensionsOf(streamName),
      value,
      unit,
      atMs: clock.nowMs(),
    });
  return {
    put(streamName: string, put: PutSummary): void {
      if (put.successful > 0) {
        add(streamName, "IncomingRecords", put.successful, "Count");
        add(streamName, "IncomingBytes", put.successfulBytes, "Bytes");
      }
      add(streamName, `${put.operation}.Success`, put.successful > 0 ? 1 : 0, "Count");
      add(streamName, `${put.operation}.Bytes`, put.successfulBytes, "Bytes");
      add(streamName, `${put.operation}.Latency`, put.latencyMs, "Milliseconds");
      add(streamName, "WriteProvisionedThroughputExceeded", put.throttled, "Count");
      if (put.operation === "PutRecord") return;
      add(streamName, "PutRecords.Records", put.successful, "Count");
      add(streamName, "PutRecords.TotalRecords", put.records, "Count");
      add(streamName, "PutRecords.SuccessfulRecords", put.successful, "Count");
      add(streamName, "PutRecords.FailedRecords", put.records - put.successful - put.throttled, "Count");
      add(streamName, "PutRecords.ThrottledRecords", put.throttled, "Count");
    },
    get(streamName: string, get: GetSummary): void {
      add(streamName, "GetRecords.Success", 1, "Count");
      add(streamName, "GetRecords.Records", get.records, "Count");
      add(streamName, "GetRecords.Bytes", get.sizeBytes, "Bytes");
      add(streamName, "GetRecords.Latency", get.latencyMs, "Milliseconds");
      add(streamName, "GetRecords.IteratorAgeMilliseconds", get.iteratorAgeMs, "Milliseconds");
      add(streamName, "ReadProvisionedThroughputExceeded", 0, "Count");
    },
    readThrottled(streamName: string): void {
      add(streamName, "GetRecords.Success", 0, "Count");
      add(streamName, "ReadProvisionedThroughputExceeded", 1, "Count");
    },
  };
}

export type StreamMetrics = ReturnType<typeof createStreamMetrics>;
