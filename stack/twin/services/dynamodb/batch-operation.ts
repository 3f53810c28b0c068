import db from "dynalite/db/index.js";
import { z } from "zod";
import { holdBack } from "../../faults/hold-back.ts";
import type { FaultAction } from "../../model/ports.ts";
import { type ErrorAnswer, ok } from "../answer.ts";
import type { Operation } from "../operation.ts";
import { askForCapacity, capacityIn } from "./consumed-capacity.ts";
import { type DynamoDbParts, keyRefusal } from "./dynamodb-parts.ts";
import { passageOf, throughputExceeded } from "./passage.ts";
import type { TableMetrics } from "./table-metrics.ts";
import { tableArnOf, tableNameOf } from "./table-names.ts";
import { attributeText, countFailure } from "./table-operation.ts";

const attributes = z.record(z.string(), z.unknown());

const writeRequest = z.looseObject({
  PutRequest: z.looseObject({ Item: attributes }).optional(),
  DeleteRequest: z.looseObject({ Key: attributes }).optional(),
});

const batchWriteInput = z.looseObject({
  RequestItems: z.record(z.string(), z.array(writeRequest)),
});

type WriteRequest = z.infer<typeof writeRequest>;
type BatchWriteInput = z.infer<typeof batchWriteInput>;

/** What a batch comes to after each of its requests has met its fault and the capacity of its table. */
interface Sorted {
  readonly passing: Record<string, WriteRequest[]>;
  readonly unprocessed: Record<string, WriteRequest[]>;
  readonly faults: FaultAction[];
  refused: ErrorAnswer | undefined;
}

export function batchWriteItem(parts: DynamoDbParts, metrics: TableMetrics): Operation<BatchWriteInput> {
  return {
    input: batchWriteInput,
    access: ({ RequestItems }) =>
      Object.keys(RequestItems).map((table) => ({
        action: "dynamodb:BatchWriteItem",
        resourceArn: tableArnOf(parts.home, table),
      })),
    async run(call, { principal }) {
      const startedAtMs = parts.clock.nowMs();
      const tables = Object.keys(call.RequestItems);
      const refusedByKey = keyRefusal(parts, principal, tables);
      if (refusedByKey !== undefined) return refusedByKey;
      const firstTable = tableNameOf(tables[0] ?? "");
      const { passing, unprocessed, faults, refused } = sort(parts, call);
      if (refused !== undefined) return countFailure(metrics, firstTable, "BatchWriteItem", "write", refused);
      await Promise.all(faults.map((fault) => holdBack(fault, parts.clock)));
      for (const [table, requests] of Object.entries(unprocessed)) {
        metrics.throttled(tableNameOf(table), "BatchWriteItem", "write", requests.length);
      }
      const nothingPasses = tables.length > 0 && Object.keys(passing).length === 0;
      if (nothingPasses && Object.keys(unprocessed).length > 0) return throughputExceeded;
      if (nothingPasses) return ok({ UnprocessedItems: {} });
      const RequestItems = Object.fromEntries(
        Object.entries(passing).map(([table, requests]) => [tableNameOf(table), requests]),
      );
      const { asked, input } = askForCapacity({ ...call, RequestItems });
      const answer = await parts.items.run("BatchWriteItem", input);
      if (answer.kind === "error") return countFailure(metrics, firstTable, "BatchWriteItem", "write", answer);
      const capacity = capacityIn(answer.output);
      for (const { TableName, CapacityUnits } of capacity) metrics.consumed(TableName, "write", CapacityUnits);
      const latencyMs = parts.clock.nowMs() - startedAtMs;
      for (const table of tables) metrics.succeeded(tableNameOf(table), "BatchWriteItem", latencyMs);
      return ok({ UnprocessedItems: unprocessed, ...(asked && { ConsumedCapacity: capacity }) });
    },
  };
}

function sort(parts: DynamoDbParts, { RequestItems }: BatchWriteInput): Sorted {
  const sorted: Sorted = { passing: {}, unprocessed: {}, faults: [], refused: undefined };
  for (const [table, requests] of Object.entries(RequestItems)) {
    const hashKey = parts.tables.get(tableNameOf(table))?.hash_key ?? "";
    const tableArn = tableArnOf(parts.home, table);
    for (const request of requests) {
      const item = request.PutRequest?.Item;
      const units = item === undefined ? 1 : db.capacityUnits(item, false, false);
      const key = attributeText((item ?? request.DeleteRequest?.Key)?.[hashKey]);
      const passage = passageOf(parts, { kind: "table-write", tableArn, units }, key);
      if (passage.kind === "passes") {
        add(sorted.passing, table, request);
        sorted.faults.push(passage.fault);
      } else if (passage.kind === "throttled") add(sorted.unprocessed, table, request);
      else if (passage.kind === "refused") sorted.refused = passage.error;
    }
    if (requests.length === 0) sorted.passing[table] = [];
  }
  if (Object.keys(RequestItems).length === 0) sorted.refused = undefined;
  return sorted;
}

function add(to: Record<string, WriteRequest[]>, table: string, request: WriteRequest): void {
  const requests = to[table] ?? [];
  requests.push(request);
  to[table] = requests;
}

const batchGetInput = z.looseObject({
  RequestItems: z.record(z.string(), z.looseObject({ Keys: z.array(attributes) })),
});

type BatchGetInput = z.infer<typeof batchGetInput>;

/** The answer names tables as the call did, by name or by ARN. */
export function batchGetItem(parts: DynamoDbParts, metrics: TableMetrics): Operation<BatchGetInput> {
  return {
    input: batchGetInput,
    access: ({ RequestItems }) =>
      Object.keys(RequestItems).map((table) => ({
        action: "dynamodb:BatchGetItem",
        resourceArn: tableArnOf(parts.home, table),
      })),
    async run(call, { principal }) {
      const startedAtMs = parts.clock.nowMs();
      const tables = Object.keys(call.RequestItems);
      const refusedByKey = keyRefusal(parts, principal, tables);
      if (refusedByKey !== undefined) return refusedByKey;
      const firstTable = tableNameOf(tables[0] ?? "");
      for (const table of tables) {
        const units = call.RequestItems[table]?.Keys.length ?? 0;
        const use = { kind: "table-read" as const, tableArn: tableArnOf(parts.home, table), units };
        const passage = passageOf(parts, use, tableNameOf(table));
        if (passage.kind === "refused") return countFailure(metrics, firstTable, "BatchGetItem", "read", passage.error);
        if (passage.kind === "throttled") {
          return countFailure(metrics, firstTable, "BatchGetItem", "read", throughputExceeded);
        }
        if (passage.kind === "lost") return ok({ Responses: {}, UnprocessedKeys: {} });
        await holdBack(passage.fault, parts.clock);
      }
      const named = (map: Readonly<Record<string, unknown>>, name: (table: string) => string) =>
        Object.fromEntries(Object.entries(map).map(([table, value]) => [name(table), value]));
      const asCalled = new Map(tables.map((table) => [tableNameOf(table), table]));
      const { asked, input } = askForCapacity({ ...call, RequestItems: named(call.RequestItems, tableNameOf) });
      const answer = await parts.items.run("BatchGetItem", input);
      if (answer.kind === "error") return countFailure(metrics, firstTable, "BatchGetItem", "read", answer);
      const capacity = capacityIn(answer.output);
      for (const { TableName, CapacityUnits } of capacity) metrics.consumed(TableName, "read", CapacityUnits);
      const latencyMs = parts.clock.nowMs() - startedAtMs;
      for (const table of tables) metrics.succeeded(tableNameOf(table), "BatchGetItem", latencyMs);
      const back = (member: string) =>
        named(attributes.parse(answer.output[member] ?? {}), (table) => asCalled.get(table) ?? table);
      return ok({
        Responses: back("Responses"),
        UnprocessedKeys: back("UnprocessedKeys"),
        ...(asked && { ConsumedCapacity: capacity }),
      });
    },
  };
}
