import { NEVER_ABORTS } from "../../model/closing.ts";
import type { Clock } from "../../model/ports.ts";
import type { Service } from "../../model/service.ts";
import type { TwinState } from "../../state/twin-state.ts";
import { createService, jsonErrors } from "../operation.ts";
import { batchGetItem } from "./batch-get-item.ts";
import { batchWriteItem } from "./batch-write-item.ts";
import {
  describeContinuousBackups,
  describeTable,
  describeTimeToLive,
  listTables,
  listTagsOfResource,
} from "./describe-table.ts";
import type { DynamoDbParts } from "./dynamodb-parts.ts";
import { createItemStore, type ItemStore } from "./item-store.ts";
import { tableDefinition } from "./table-definition.ts";
import { createTableMetrics } from "./table-metrics.ts";
import { tableOperation } from "./table-operation.ts";

/** A table of the state that cannot be made. */
export class TableNotCreated extends Error {
  readonly address: string;
  constructor(address: string, reason: string) {
    super(reason);
    this.address = address;
  }
}

/** DynamoDB over the state's tables, which are made empty before this resolves; rejects with TableNotCreated. */
export async function createDynamoDb(
  state: TwinState,
  parts: Omit<DynamoDbParts, "items" | "tables">,
): Promise<Service> {
  const items = createItemStore(parts.home);
  await Promise.all(
    state.tables.map(async (table) => {
      const made = await items.run("CreateTable", tableDefinition(table));
      if (made.kind === "error") throw new TableNotCreated(table.address, made.message);
      await untilActive(items, table.name, parts.clock);
    }),
  );
  const tables = new Map(state.tables.map((table) => [table.name, table]));
  return dynamoDbService({ ...parts, items, tables });
}

/** Dynalite makes a table active in a timer of its own, which is due at once. */
async function untilActive(items: ItemStore, TableName: string, clock: Clock): Promise<void> {
  for (;;) {
    const described = await items.run("DescribeTable", { TableName });
    const table = described.kind === "ok" ? described.output["Table"] : undefined;
    if (typeof table !== "object" || table === null || !("TableStatus" in table)) return;
    if (table.TableStatus === "ACTIVE") return;
    await clock.wait(1, NEVER_ABORTS);
  }
}

function dynamoDbService(parts: DynamoDbParts): Service {
  const metrics = createTableMetrics(parts.metrics, parts.clock, parts.tables);
  return createService("dynamodb", parts.authorizer, jsonErrors, {
    PutItem: tableOperation(parts, metrics, "PutItem"),
    GetItem: tableOperation(parts, metrics, "GetItem"),
    UpdateItem: tableOperation(parts, metrics, "UpdateItem"),
    DeleteItem: tableOperation(parts, metrics, "DeleteItem"),
    Query: tableOperation(parts, metrics, "Query"),
    Scan: tableOperation(parts, metrics, "Scan"),
    BatchGetItem: batchGetItem(parts, metrics),
    BatchWriteItem: batchWriteItem(parts, metrics),
    DescribeTable: describeTable(parts),
    DescribeContinuousBackups: describeContinuousBackups(parts, parts.clock.nowMs()),
    DescribeTimeToLive: describeTimeToLive(parts),
    ListTagsOfResource: listTagsOfResource(parts),
    ListTables: listTables(parts),
  });
}
