import { z } from "zod";
import { holdBack } from "../../faults/hold-back.ts";
import { type ErrorAnswer, ok } from "../answer.ts";
import type { Operation } from "../operation.ts";
import type { DynamoDbParts } from "./dynamodb-parts.ts";
import { plantedPassage, throughputExceeded } from "./passage.ts";
import { type Batch, batchOperation, countThrottled, runBatch } from "./run-batch.ts";
import type { TableMetrics } from "./table-metrics.ts";
import { tableNameOf } from "./table-names.ts";
import { countFailure, readUnits } from "./table-operation.ts";

const attributes = z.record(z.string(), z.unknown());
const tableRequest = z.looseObject({ Keys: z.array(attributes), ConsistentRead: z.unknown().optional() });
const batchGetInput = z.looseObject({ RequestItems: z.record(z.string(), tableRequest) });

type TableRequest = z.infer<typeof tableRequest>;
type BatchGetInput = z.infer<typeof batchGetInput>;

/** The keys of a batch, by table as the call names it: those that their table has capacity for, and the others. */
interface Sorted {
  readonly admitted: Record<string, TableRequest>;
  readonly unprocessed: Record<string, TableRequest>;
  /** Capacity taken for what is admitted, by table. */
  readonly units: Map<string, number>;
}

/** The answer names tables as the call did, by name or by ARN. */
export function batchGetItem(parts: DynamoDbParts, metrics: TableMetrics): Operation {
  return batchOperation(parts, "BatchGetItem", batchGetInput, async (call, tables, startedAtMs) => {
    const firstTable = tableNameOf(tables[0] ?? "");
    const planted = await passFaults(parts, tables);
    if (planted.kind === "refused") return countFailure(metrics, firstTable, "BatchGetItem", "read", planted.error);
    if (planted.kind === "lost") return ok({ Responses: {}, UnprocessedKeys: {} });
    const { admitted, unprocessed, units } = sort(parts, call.RequestItems);
    const batch: Batch = {
      operation: "BatchGetItem",
      kind: "read",
      startedAtMs,
      tableNames: tables.map(tableNameOf),
      throttled: new Map(Object.entries(unprocessed).map(([table, { Keys }]) => [tableNameOf(table), Keys.length])),
      units,
    };
    const refused = countThrottled(parts, metrics, batch, Object.keys(admitted).length === 0);
    if (refused !== undefined) return refused;
    const asCalled = new Map(tables.map((table) => [tableNameOf(table), table]));
    const back = (member: unknown) => named(attributes.parse(member ?? {}), (table) => asCalled.get(table) ?? table);
    return runBatch(
      parts,
      metrics,
      batch,
      { ...call, RequestItems: named(admitted, tableNameOf) },
      ({ Responses, UnprocessedKeys }) => ({
        Responses: back(Responses),
        UnprocessedKeys: together(back(UnprocessedKeys), unprocessed),
      }),
    );
  });
}

type Planted =
  | { readonly kind: "passes" }
  | { readonly kind: "lost" }
  | { readonly kind: "refused"; readonly error: ErrorAnswer };

/** A planted fault is for all keys of a table together. */
async function passFaults(parts: DynamoDbParts, tables: readonly string[]): Promise<Planted> {
  for (const table of tables) {
    const tableName = tableNameOf(table);
    const passage = plantedPassage(parts, "read", tableName, tableName);
    if (passage.kind === "throttled") return { kind: "refused", error: throughputExceeded(parts, tableName) };
    if (passage.kind !== "passes") return passage;
    await holdBack(passage.fault, parts.clock);
  }
  return { kind: "passes" };
}

function sort(parts: DynamoDbParts, requestItems: BatchGetInput["RequestItems"]): Sorted {
  const sorted: Sorted = { admitted: {}, unprocessed: {}, units: new Map() };
  for (const [table, request] of Object.entries(requestItems)) {
    const tableName = tableNameOf(table);
    const { read } = parts.limits.ofTable(tableName);
    const units = readUnits(request.ConsistentRead);
    const admitted: TableRequest["Keys"] = [];
    const throttled: TableRequest["Keys"] = [];
    for (const key of request.Keys) (read.admit(units) ? admitted : throttled).push(key);
    sorted.units.set(tableName, admitted.length * units);
    if (admitted.length > 0 || throttled.length === 0) sorted.admitted[table] = { ...request, Keys: admitted };
    if (throttled.length > 0) sorted.unprocessed[table] = { ...request, Keys: throttled };
  }
  return sorted;
}

function named<T>(map: Readonly<Record<string, T>>, name: (table: string) => string): Record<string, T> {
  return Object.fromEntries(Object.entries(map).map(([table, value]) => [name(table), value]));
}

/** Keys left for being too much for one answer, and those that were throttled. */
function together(
  tooMuch: Readonly<Record<string, unknown>>,
  throttled: Readonly<Record<string, TableRequest>>,
): Record<string, unknown> {
  const all: Record<string, unknown> = { ...throttled, ...tooMuch };
  for (const [table, request] of Object.entries(throttled)) {
    const left = tableRequest.safeParse(tooMuch[table]);
    if (left.success) all[table] = { ...left.data, Keys: [...left.data.Keys, ...request.Keys] };
  }
  return all;
}
