import { DynamoDBClient, type KeysAndAttributes } from "@aws-sdk/client-dynamodb";
import type { Item } from "../item-reader.ts";
import { CONFIG, METADATA } from "./clients.ts";

/** One BatchGetItem as the table saw it. */
export interface TableRead {
  readonly keys: readonly string[];
  readonly request: KeysAndAttributes;
  readonly consistent: boolean;
  readonly atMs: number;
}

/** What the table does with one read; everything it does not say is done well. */
export interface TableAnswer {
  /** How many of the keys it gets done. */
  readonly served?: number;
  readonly throws?: Error;
  readonly units?: number;
}

/** A table in memory behind a real SDK client, whose items are keyed by `id`. */
export function tableClient(
  nowMs: () => number,
  itemOf: (id: string, read: TableRead) => Item | undefined,
  answer: (read: TableRead, index: number) => TableAnswer | Promise<TableAnswer> = () => ({}),
) {
  const reads: TableRead[] = [];
  const client = new DynamoDBClient(CONFIG);
  client.middlewareStack.add(
    () => async (args) => {
      const request = "RequestItems" in args.input ? args.input.RequestItems?.["items"] : undefined;
      if (request === undefined || !("Keys" in request)) throw new Error("not a read of this table");
      const { Keys = [] } = request;
      const keys = Keys.map((key) => key["id"]?.S ?? "");
      const read = { keys, request, consistent: request.ConsistentRead === true, atMs: nowMs() };
      reads.push(read);
      const { served = keys.length, throws, units } = await answer(read, reads.length - 1);
      if (throws !== undefined) throw throws;
      const items = keys.slice(0, served).map((id) => itemOf(id, read));
      const left = Keys.slice(served);
      return {
        response: {},
        output: {
          ...METADATA,
          Responses: { items: items.filter((item) => item !== undefined) },
          UnprocessedKeys: left.length === 0 ? {} : { items: { Keys: left } },
          ConsumedCapacity: [{ TableName: "items", CapacityUnits: units ?? served * (read.consistent ? 1 : 0.5) }],
        },
      };
    },
    { step: "initialize", priority: "high" },
  );
  return { reads, clients: { dynamodb: async () => client } };
}
