import { stateWith } from "../../testing/states.ts";
import { createDynamoDb } from "../dynamodb/dynamodb.ts";
import { testPorts } from "./ports.ts";

export const TableArn = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders";

/** A state whose only table, `orders`, has these attributes. */
const stateOf = (table: Record<string, unknown>) =>
  stateWith({
    "aws_dynamodb_table.orders": {
      arn: TableArn,
      name: "orders",
      billing_mode: "PROVISIONED",
      hash_key: "id",
      read_capacity: 7,
      write_capacity: 9,
      attribute: [{ name: "id", type: "S" }],
      tags_all: { Team: "shop" },
      ...table,
    },
  });

/** The service with that table, and what it was given. */
export async function dynamoDb(table: Record<string, unknown> = {}, given: Parameters<typeof testPorts>[0] = {}) {
  const ports = testPorts({ ...given });
  // Dynalite's timer for a new table is the machine's own.
  const clock = { nowMs: () => ports.clock.nowMs(), wait: () => new Promise<void>((resolve) => setImmediate(resolve)) };
  return { service: await createDynamoDb(stateOf(table), { ...ports, clock }), ...ports };
}

export const Item = { id: { S: "a" }, note: { S: "x".repeat(1500) } };
