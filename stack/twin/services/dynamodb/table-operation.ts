import db from "dynalite/db/index.js";
import { z } from "zod";
import { holdBack } from "../../faults/hold-back.ts";
import type { ServiceAnswer } from "../../model/service.ts";
import { type ErrorAnswer, ok } from "../answer.ts";
import type { Access, Operation } from "../operation.ts";
import { askForCapacity, capacityIn } from "./consumed-capacity.ts";
import { type DynamoDbParts, keyRefusal } from "./dynamodb-parts.ts";
import { passageOf, throughputExceeded } from "./passage.ts";
import type { TableMetrics } from "./table-metrics.ts";
import { tableArnOf, tableNameOf } from "./table-names.ts";

const attributes = z.record(z.string(), z.unknown());

const tableInput = z.looseObject({
  TableName: z.string().optional(),
  IndexName: z.string().optional(),
  Item: attributes.optional(),
  Key: attributes.optional(),
});

type TableInput = z.infer<typeof tableInput>;

/** An operation on one table: PutItem, GetItem, UpdateItem, DeleteItem, Query and Scan. */
export function tableOperation(
  parts: DynamoDbParts,
  metrics: TableMetrics,
  name: "PutItem" | "GetItem" | "UpdateItem" | "DeleteItem" | "Query" | "Scan",
): Operation<TableInput> {
  const kind = name === "GetItem" || name === "Query" || name === "Scan" ? "read" : "write";
  return {
    input: tableInput,
    access: (call) => [accessOf(parts, name, call)],
    async run(call, { principal }) {
      const tableName = tableNameOf(call.TableName ?? "");
      const refusedByKey = keyRefusal(parts, principal, [tableName]);
      if (refusedByKey !== undefined) return refusedByKey;
      const startedAtMs = parts.clock.nowMs();
      const passed = await pass(parts, kind, tableName, call);
      if (passed.kind === "lost") return ok({});
      if (passed.kind === "refused") return countFailure(metrics, tableName, name, kind, passed.error);
      const { asked, input } = askForCapacity(call.TableName === undefined ? call : { ...call, TableName: tableName });
      const again = passed.twice && kind === "write" ? structuredClone(input) : undefined;
      const answer = await parts.items.run(name, input);
      if (again !== undefined) await parts.items.run(name, again);
      if (answer.kind === "error") return countFailure(metrics, tableName, name, kind, answer);
      for (const { CapacityUnits } of capacityIn(answer.output)) metrics.consumed(tableName, kind, CapacityUnits);
      metrics.succeeded(tableName, name, parts.clock.nowMs() - startedAtMs);
      const count = answer.output["Count"];
      if (typeof count === "number") metrics.returned(tableName, name, count);
      return ok(asked ? answer.output : { ...answer.output, ConsumedCapacity: undefined });
    },
  };
}

function accessOf(parts: DynamoDbParts, name: string, call: TableInput): Access {
  const tableArn = tableArnOf(parts.home, call.TableName ?? "");
  const resourceArn = call.IndexName === undefined ? tableArn : `${tableArn}/index/${call.IndexName}`;
  return { action: `dynamodb:${name}`, resourceArn };
}

type Passed =
  | { readonly kind: "passed"; readonly twice: boolean }
  | { readonly kind: "lost" }
  | { readonly kind: "refused"; readonly error: ErrorAnswer };

/** Lets the call pass the planted fault and the table's capacity, or says what stops it. */
async function pass(
  parts: DynamoDbParts,
  kind: "read" | "write",
  tableName: string,
  call: TableInput,
): Promise<Passed> {
  const hashKey = parts.tables.get(tableName)?.hash_key;
  const holder = call.Item ?? call.Key;
  const key = hashKey === undefined || holder === undefined ? tableName : attributeText(holder[hashKey]);
  const units = kind === "write" && call.Item !== undefined ? db.capacityUnits(call.Item, false, false) : 1;
  const use = { kind: `table-${kind}` as const, tableArn: tableArnOf(parts.home, tableName), units };
  const passage = passageOf(parts, use, key);
  switch (passage.kind) {
    case "passes":
      await holdBack(passage.fault, parts.clock);
      return { kind: "passed", twice: passage.fault.kind === "duplicate" };
    case "lost":
      return passage;
    case "throttled":
      return { kind: "refused", error: throughputExceeded };
    case "refused":
      return passage;
    default:
      return passage satisfies never;
  }
}

/** The value of a key attribute: `{ "S": "x" }` is `x`. */
export function attributeText(attribute: unknown): string {
  if (typeof attribute !== "object" || attribute === null) return String(attribute);
  return String(Object.values(attribute)[0]);
}

export function countFailure(
  metrics: TableMetrics,
  tableName: string,
  operation: string,
  kind: "read" | "write",
  answer: ErrorAnswer,
): ServiceAnswer {
  if (answer.code === "ConditionalCheckFailedException") metrics.conditionFailed(tableName);
  else if (answer.code === throughputExceeded.code) metrics.throttled(tableName, operation, kind, 1);
  else metrics.failed(tableName, operation, answer.status);
  return answer;
}
