import { z } from "zod";
import { holdBack } from "../../faults/hold-back.ts";
import type { FaultAction } from "../../model/ports.ts";
import { type ErrorAnswer, ok } from "../answer.ts";
import type { Operation } from "../operation.ts";
import type { DynamoDbParts } from "./dynamodb-parts.ts";
import { passageOf } from "./passage.ts";
import { type Batch, batchOperation, countThrottled, runBatch } from "./run-batch.ts";
import type { TableMetrics } from "./table-metrics.ts";
import { tableNameOf } from "./table-names.ts";
import { attributeText, countFailure } from "./table-operation.ts";
import { writeUnits } from "./write-units.ts";

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
  /** Capacity taken for what passes, by table. */
  readonly units: Map<string, number>;
  readonly faults: FaultAction[];
  refused: ErrorAnswer | undefined;
}

export function batchWriteItem(parts: DynamoDbParts, metrics: TableMetrics): Operation {
  return batchOperation(parts, "BatchWriteItem", batchWriteInput, async (call, tables, startedAtMs) => {
    const firstTable = tableNameOf(tables[0] ?? "");
    const { passing, unprocessed, units, faults, refused } = sort(parts, call);
    if (refused !== undefined) return countFailure(metrics, firstTable, "BatchWriteItem", "write", refused);
    await Promise.all(faults.map((fault) => holdBack(fault, parts.clock)));
    const batch: Batch = {
      operation: "BatchWriteItem",
      kind: "write",
      startedAtMs,
      tableNames: tables.map(tableNameOf),
      throttled: new Map(Object.entries(unprocessed).map(([table, { length }]) => [tableNameOf(table), length])),
      units,
    };
    const nothingPasses = tables.length > 0 && Object.keys(passing).length === 0;
    const refusedWhole = countThrottled(parts, metrics, batch, nothingPasses);
    if (refusedWhole !== undefined) return refusedWhole;
    if (nothingPasses) return ok({ UnprocessedItems: {} });
    const RequestItems = Object.fromEntries(
      Object.entries(passing).map(([table, requests]) => [tableNameOf(table), requests]),
    );
    return runBatch(parts, metrics, batch, { ...call, RequestItems }, () => ({ UnprocessedItems: unprocessed }));
  });
}

function sort(parts: DynamoDbParts, { RequestItems }: BatchWriteInput): Sorted {
  const sorted: Sorted = { passing: {}, unprocessed: {}, units: new Map(), faults: [], refused: undefined };
  for (const [table, requests] of Object.entries(RequestItems)) {
    const tableName = tableNameOf(table);
    const hashKey = parts.tables.get(tableName)?.hash_key ?? "";
    for (const request of requests) {
      const item = request.PutRequest?.Item;
      const units = writeUnits(item);
      const key = attributeText((item ?? request.DeleteRequest?.Key)?.[hashKey]);
      const passage = passageOf(parts, { kind: "write", tableName, units }, key);
      if (passage.kind === "passes") {
        add(sorted.passing, table, request);
        sorted.units.set(tableName, (sorted.units.get(tableName) ?? 0) + units);
        if (passage.fault.kind !== "none") sorted.faults.push(passage.fault);
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
