import { readState } from "../../state/index.ts";
import { createDynamoDb } from "../dynamodb/dynamodb.ts";
import { testPorts } from "./ports.ts";

export const TableArn = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders";

/** A state whose only table, `orders`, has these attributes. */
export function stateWith(table: Record<string, unknown>) {
  const values = {
    arn: TableArn,
    name: "orders",
    billing_mode: "PROVISIONED",
    hash_key: "id",
    read_capacity: 7,
    write_capacity: 9,
    attribute: [{ name: "id", type: "S" }],
    tags_all: { Team: "shop" },
    ...table,
  };
  const resources = [{ address: "aws_dynamodb_table.orders", mode: "managed", type: "aws_dynamodb_table", values }];
  const state = readState(
    JSON.stringify({ format_version: "1.0", values: { root_module: { resources } } }),
    "state.json",
  );
  if (state.kind === "error") throw new Error(state.error.message);
  return state.value;
}

/** The service with that table, and what it was given. */
export async function dynamoDb(table: Record<string, unknown> = {}, given: Parameters<typeof testPorts>[0] = {}) {
  const ports = testPorts({ ...given });
  // Dynalite's timer for a new table is the machine's own.
  const clock = { nowMs: () => ports.clock.nowMs(), wait: () => new Promise<void>((resolve) => setImmediate(resolve)) };
  return { service: await createDynamoDb(stateWith(table), { ...ports, clock }), ...ports };
}

export const Item = { id: { S: "a" }, note: { S: "x".repeat(1500) } };
