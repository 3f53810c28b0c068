import { z } from "zod";
import { holdBack } from "../../faults/hold-back.ts";
import type { ServiceAnswer } from "../../model/service.ts";
import { type ErrorAnswer, ok } from "../answer.ts";
import { type Access, type Operation, operation } from "../operation.ts";
import { askForCapacity, consumedIn } from "./consumed-capacity.ts";
import { type DynamoDbParts, keyRefusal } from "./dynamodb-parts.ts";
import { isThrottling, passageOf, throughputExceeded } from "./passage.ts";
import type { TableMetrics } from "./table-metrics.ts";
import { tableArnOf, tableNameOf } from "./table-names.ts";
import { writeUnits } from "./write-units.ts";

const attributes = z.record(z.string(), z.unknown());

const tableInput = z.looseObject({
  TableName: z.string().optional(),
  IndexName: z.string().optional(),
  Item: attributes.optional(),
  Key: attributes.optional(),
  ConsistentRead: z.unknown().optional(),
});

type TableInput = z.infer<typeof tableInput>;

/** An operation on one table: PutItem, GetItem, UpdateItem, DeleteItem, Query and Scan. */
export function tableOperation(
  parts: DynamoDbParts,
  metrics: TableMetrics,
  name: "PutItem" | "GetItem" | "UpdateItem" | "DeleteItem" | "Query" | "Scan",
): Operation {
  const kind = name === "GetItem" || name === "Query" || name === "Scan" ? "read" : "write";
  return operation({
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
      const capacity = parts.limits.ofTable(tableName)[kind];
      const { asked, input } = askForCapacity(call.TableName === undefined ? call : { ...call, TableName: tableName });
      const again = passed.twice && kind === "write" ? structuredClone(input) : undefined;
      const answer = await parts.items.run(name, input);
      if (again !== undefined) await parts.items.run(name, again);
      if (answer.kind === "error") {
        // A write whose condition does not hold has used its capacity all the same.
        if (isFailedCondition(answer)) metrics.consumed(tableName, kind, passed.units);
        else capacity.correct(-passed.units);
        return countFailure(metrics, tableName, name, kind, answer);
      }
      const consumed = consumedIn(answer.output);
      capacity.correct(consumed - passed.units);
      metrics.consumed(tableName, kind, consumed);
      metrics.succeeded(tableName, name, parts.clock.nowMs() - startedAtMs);
      const count = answer.output["Count"];
      if (typeof count === "number") metrics.returned(tableName, name, count);
      return ok(asked ? answer.output : { ...answer.output, ConsumedCapacity: undefined });
    },
  });
}

function accessOf(parts: DynamoDbParts, name: string, call: TableInput): Access {
  const tableArn = tableArnOf(parts.home, call.TableName ?? "");
  const resourceArn = call.IndexName === undefined ? tableArn : `${tableArn}/index/${call.IndexName}`;
  return { action: `dynamodb:${name}`, resourceArn };
}

type Passed =
  /** `units` of capacity were taken for it. */
  | { readonly kind: "passed"; readonly twice: boolean; readonly units: number }
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
  const units = kind === "write" ? writeUnits(call.Item) : readUnits(call.ConsistentRead);
  const passage = passageOf(parts, { kind, tableName, units }, key);
  switch (passage.kind) {
    case "passes":
      await holdBack(passage.fault, parts.clock);
      return { kind: "passed", twice: passage.fault.kind === "duplicate", units };
    case "lost":
      return passage;
    case "throttled":
      return { kind: "refused", error: throughputExceeded(parts, tableName) };
    case "refused":
      return passage;
    default:
      return passage satisfies never;
  }
}

/** What a read takes at the least: one unit where it is consistent, half of one where it is not. */
export function readUnits(consistent: unknown): number {
  return consistent === true ? 1 : 0.5;
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
  if (isFailedCondition(answer)) metrics.conditionFailed(tableName);
  else if (isThrottling(answer)) {
    metrics.throttledEvents(tableName, kind, 1);
    metrics.throttledRequest(tableName, operation);
  } else metrics.failed(tableName, operation, answer.status);
  return answer;
}

function isFailedCondition({ code }: ErrorAnswer): boolean {
  return code === "ConditionalCheckFailedException";
}
