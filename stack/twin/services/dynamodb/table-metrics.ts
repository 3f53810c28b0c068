import type { Clock, MetricSink } from "../../model/ports.ts";

/**
 * The metrics of AWS/DynamoDB that requests make.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export function createTableMetrics(sink: MetricSink, clock: Clock) {
  const add = (
    dimensions: Readonly<Record<string, string>>,
    name: string,
    value: number,
    unit: "Count" | "Milliseconds",
  ) => sink.add({ namespace: "AWS/DynamoDB", name, dimensions, value, unit, atMs: clock.nowMs() });
  return {
    consumed(tableName: string, kind: "read" | "write", units: number): void {
      const name = kind === "read" ? "ConsumedReadCapacityUnits" : "ConsumedWriteCapacityUnits";
      add({ TableName: tableName }, name, units, "Count");
    },
    succeeded(tableName: string, operation: string, latencyMs: number): void {
      add({ TableName: tableName, Operation: operation }, "SuccessfulRequestLatency", latencyMs, "Milliseconds");
    },
    returned(tableName: string, operation: string, items: number): void {
      add({ TableName: tableName, Operation: operation }, "ReturnedItemCount", items, "Count");
    },
    throttled(tableName: string, operation: string, kind: "read" | "write", events: number): void {
      add({ TableName: tableName, Operation: operation }, "ThrottledRequests", 1, "Count");
      add({ TableName: tableName }, kind === "read" ? "ReadThrottleEvents" : "WriteThrottleEvents", events, "Count");
    },
    conditionFailed(tableName: string): void {
      add({ TableName: tableName }, "ConditionalCheckFailedRequests", 1, "Count");
    },
    failed(tableName: string, operation: string, status: number): void {
      if (status >= 500) add({ TableName: tableName, Operation: operation }, "SystemErrors", 1, "Count");
    },
  };
}

export type TableMetrics = ReturnType<typeof createTableMetrics>;
