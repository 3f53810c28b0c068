import type { TableCapacity } from "../../limits/table-limits.ts";
import type { Clock, MetricSink } from "../../model/ports.ts";

/** A table's provisioned capacity is reported at most so often, and only while the table is used: AWS reports it every 5 minutes. */
const PROVISIONED_INTERVAL_MS = 1000;

/**
 * The metrics of AWS/DynamoDB that requests make.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export function createTableMetrics(sink: MetricSink, clock: Clock, tables: ReadonlyMap<string, TableCapacity>) {
  const add = (
    dimensions: Readonly<Record<string, string>>,
    name: string,
    value: number,
    unit: "Count" | "Milliseconds",
  ) => sink.add({ namespace: "AWS/DynamoDB", name, dimensions, value, unit, atMs: clock.nowMs() });
  const provisionedAtMs = new Map<string, number>();
  const provisioned = (tableName: string) => {
    const table = tables.get(tableName);
    if (table === undefined || table.billing_mode === "PAY_PER_REQUEST") return;
    const nowMs = clock.nowMs();
    if (nowMs - (provisionedAtMs.get(tableName) ?? Number.NEGATIVE_INFINITY) < PROVISIONED_INTERVAL_MS) return;
    provisionedAtMs.set(tableName, nowMs);
    add({ TableName: tableName }, "ProvisionedReadCapacityUnits", table.read_capacity, "Count");
    add({ TableName: tableName }, "ProvisionedWriteCapacityUnits", table.write_capacity, "Count");
  };
  return {
    consumed(tableName: string, kind: "read" | "write", units: number): void {
      const name = kind === "read" ? "ConsumedReadCapacityUnits" : "ConsumedWriteCapacityUnits";
      add({ TableName: tableName }, name, units, "Count");
      provisioned(tableName);
    },
    succeeded(tableName: string, operation: string, latencyMs: number): void {
      add({ TableName: tableName, Operation: operation }, "SuccessfulRequestLatency", latencyMs, "Milliseconds");
    },
    returned(tableName: string, operation: string, items: number): void {
      add({ TableName: tableName, Operation: operation }, "ReturnedItemCount", items, "Count");
    },
    /** Items that were throttled: each of a batch's counts. */
    throttledEvents(tableName: string, kind: "read" | "write", events: number): void {
      add({ TableName: tableName }, kind === "read" ? "ReadThrottleEvents" : "WriteThrottleEvents", events, "Count");
      provisioned(tableName);
    },
    /** A request of which nothing was done: a batch counts only where all of its items were throttled. */
    throttledRequest(tableName: string, operation: string): void {
      add({ TableName: tableName, Operation: operation }, "ThrottledRequests", 1, "Count");
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
