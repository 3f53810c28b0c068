import type { z } from "zod";
import type { ServiceAnswer } from "../../model/service.ts";
import { type ErrorAnswer, ok } from "../answer.ts";
import { type Operation, operation } from "../operation.ts";
import { askForCapacity, capacityIn } from "./consumed-capacity.ts";
import { type DynamoDbParts, keyRefusal } from "./dynamodb-parts.ts";
import { throughputExceeded } from "./passage.ts";
import type { TableMetrics } from "./table-metrics.ts";
import { tableArnOf } from "./table-names.ts";
import { countFailure } from "./table-operation.ts";

/** A batch whose requests have been held against the capacity of their tables. Tables go by name. */
export interface Batch {
  readonly operation: "BatchGetItem" | "BatchWriteItem";
  readonly kind: "read" | "write";
  readonly startedAtMs: number;
  /** In the order of the call. */
  readonly tableNames: readonly string[];
  /** Requests that their table has no capacity for. */
  readonly throttled: ReadonlyMap<string, number>;
  /** Capacity taken for the others. */
  readonly units: ReadonlyMap<string, number>;
}

/** Counts what was throttled; the refusal of the whole call where nothing of it passes. */
export function countThrottled(
  parts: DynamoDbParts,
  metrics: TableMetrics,
  { operation, kind, throttled }: Batch,
  nothingPasses: boolean,
): ErrorAnswer | undefined {
  for (const [tableName, requests] of throttled) metrics.throttledEvents(tableName, kind, requests);
  const [first] = throttled.keys();
  if (first === undefined || !nothingPasses) return undefined;
  for (const tableName of throttled.keys()) metrics.throttledRequest(tableName, operation);
  return throughputExceeded(parts, first);
}

/**
 * Runs what passes, settles the capacity that was taken for it with what it consumed, and counts both. `answer` makes the call's answer
 * of the item store's.
 */
export async function runBatch(
  parts: DynamoDbParts,
  metrics: TableMetrics,
  batch: Batch,
  call: Readonly<Record<string, unknown>>,
  answer: (output: Readonly<Record<string, unknown>>) => Record<string, unknown>,
): Promise<ServiceAnswer> {
  const { operation, kind, startedAtMs, tableNames, units } = batch;
  const { asked, input } = askForCapacity(call);
  const ran = await parts.items.run(operation, input);
  if (ran.kind === "error") {
    for (const [tableName, taken] of units) parts.limits.ofTable(tableName)[kind].correct(-taken);
    return countFailure(metrics, tableNames[0] ?? "", operation, kind, ran);
  }
  const capacity = capacityIn(ran.output);
  for (const { TableName, CapacityUnits } of capacity) {
    parts.limits.ofTable(TableName)[kind].correct(CapacityUnits - (units.get(TableName) ?? 0));
    metrics.consumed(TableName, kind, CapacityUnits);
  }
  const latencyMs = parts.clock.nowMs() - startedAtMs;
  for (const tableName of tableNames) metrics.succeeded(tableName, operation, latencyMs);
  return ok({ ...answer(ran.output), ...(asked && { ConsumedCapacity: capacity }) });
}

/**
 * An operation on a batch of requests by table: each table's access is asked for, then its key. `tables` are as the call names them,
 * by name or by ARN.
 */
export function batchOperation<I extends { readonly RequestItems: Readonly<Record<string, unknown>> }>(
  parts: DynamoDbParts,
  name: Batch["operation"],
  input: z.ZodType<I>,
  run: (call: I, tables: readonly string[], startedAtMs: number) => Promise<ServiceAnswer>,
): Operation {
  return operation({
    input,
    access: ({ RequestItems }) =>
      Object.keys(RequestItems).map((table) => ({
        action: `dynamodb:${name}`,
        resourceArn: tableArnOf(parts.home, table),
      })),
    async run(call, { principal }) {
      const startedAtMs = parts.clock.nowMs();
      const tables = Object.keys(call.RequestItems);
      return keyRefusal(parts, principal, tables) ?? run(call, tables, startedAtMs);
    },
  });
}
