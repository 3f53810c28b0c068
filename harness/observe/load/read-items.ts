import { BatchGetItemCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ItemHop } from "../../model/hop.ts";
import { call } from "../call.ts";
import type { Item } from "./item-keys.ts";

export const READ_ITEMS = "dynamodb:BatchGetItem";

/** What one call came to. */
export interface ItemsRead {
  readonly items: readonly Item[];
  /** Keys that the service did not get to: the table's capacity, or the answer's 16 MB, were used up. */
  readonly unprocessed: readonly Item[];
  /** Capacity units that the call used; undefined where the answer does not say. */
  readonly units: number | undefined;
}

export type ReadItems = (keys: readonly Item[], consistent: boolean, signal: AbortSignal) => Promise<ItemsRead>;

/** Reads up to 100 items by key, of each only its key and what the hop names: names are aliased because any may be reserved. */
export function createItemReader(hop: ItemHop, client: DynamoDBClient): ReadItems {
  const names = [...new Set([...Object.keys(hop.key), hop.deliveriesAttribute, hop.writtenAtAttribute])].filter(
    (name) => name !== undefined,
  );
  const aliases = names.map((name, index): [string, string] => [`#a${index}`, name]);
  const projection = {
    ProjectionExpression: aliases.map(([alias]) => alias).join(", "),
    ExpressionAttributeNames: Object.fromEntries(aliases),
  };
  return async (keys, consistent, signal) => {
    const request = { Keys: [...keys], ConsistentRead: consistent, ...projection };
    const command = new BatchGetItemCommand({
      RequestItems: { [hop.table]: request },
      ReturnConsumedCapacity: "TOTAL",
    });
    const output = await call(READ_ITEMS, signal, () => client.send(command, { abortSignal: signal }));
    const used = output.ConsumedCapacity?.map(({ CapacityUnits }) => CapacityUnits ?? 0) ?? [];
    return {
      items: output.Responses?.[hop.table] ?? [],
      unprocessed: output.UnprocessedKeys?.[hop.table]?.Keys ?? [],
      units: used.length === 0 ? undefined : used.reduce((sum, units) => sum + units, 0),
    };
  };
}
