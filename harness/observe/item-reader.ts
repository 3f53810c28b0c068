import { type AttributeValue, BatchGetItemCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ItemHop } from "../model/hop.ts";
import { call } from "./call.ts";
import { ReadFailed } from "./read-error.ts";

export type Item = Record<string, AttributeValue>;

export const READ_ITEMS = "dynamodb:BatchGetItem";
/** docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html: at most 100 keys a call. */
export const KEYS_PER_CALL = 100;
/** A delivery counter is trusted up to here; past it, more would say nothing new. */
const MOST_DELIVERIES = 20;

/** The result of one call. */
interface ItemsRead {
  readonly items: readonly Item[];
  /** Keys that the service did not get to: the table's capacity, or the answer's 16 MB, were used up. */
  readonly unprocessed: readonly Item[];
  /** Capacity units that the call used; undefined where the answer does not say. */
  readonly units: number | undefined;
  /** Why the table can have no item with such keys; then it holds none of them, as surely as a read that finds nothing. */
  readonly refusal?: string;
}

/** @throws ReadFailed */
export type ReadItems = (keys: readonly Item[], consistent: boolean, signal: AbortSignal) => Promise<ItemsRead>;

/**
 * Reads up to 100 items of a table by key, and of each only these attributes: an item may be 400 KB, and an answer ends at 16 MB.
 * Names are aliased because any of them may be reserved.
 */
export function createItemReader(table: string, attributes: readonly string[], client: DynamoDBClient): ReadItems {
  const aliases = attributes.map((name, index): [string, string] => [`#a${index}`, name]);
  const projection = {
    ProjectionExpression: aliases.map(([alias]) => alias).join(", "),
    ExpressionAttributeNames: Object.fromEntries(aliases),
  };
  return async (keys, consistent, signal) => {
    const request = { Keys: [...keys], ConsistentRead: consistent, ...projection };
    const command = new BatchGetItemCommand({ RequestItems: { [table]: request }, ReturnConsumedCapacity: "TOTAL" });
    try {
      const output = await call(READ_ITEMS, signal, () => client.send(command, { abortSignal: signal }));
      const used = output.ConsumedCapacity?.map(({ CapacityUnits }) => CapacityUnits ?? 0) ?? [];
      return {
        items: output.Responses?.[table] ?? [],
        unprocessed: output.UnprocessedKeys?.[table]?.Keys ?? [],
        units: used.length === 0 ? undefined : used.reduce((sum, units) => sum + units, 0),
      };
    } catch (error) {
      const refusal = keyRefusal(error);
      if (refusal === undefined) throw error;
      return { items: [], unprocessed: [], units: undefined, refusal };
    }
  };
}

/**
 * What DynamoDB says of a key that the table cannot have: another attribute, or of another type.
 * docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html (ValidationException)
 */
function keyRefusal(error: unknown): string | undefined {
  if (!(error instanceof ReadFailed)) return undefined;
  const { code, message } = error.failure.error;
  const isAboutKey = /key element does not match the schema|Type mismatch for key|Missing the key/.test(message);
  return code === "ValidationException" && isAboutKey ? message : undefined;
}

/** The attributes that an observer reads of a hop's items. */
export function attributesOf({ key, deliveriesAttribute, writtenAtAttribute }: ItemHop): string[] {
  const names = new Set([...Object.keys(key), deliveriesAttribute, writtenAtAttribute]);
  return [...names].filter((name) => name !== undefined);
}

/** How often an item was written, up to a bound; undefined where the stack does not count that. */
export function deliveriesOf(item: Item, { deliveriesAttribute }: ItemHop): number | undefined {
  const counted = numberOf(item, deliveriesAttribute);
  return counted === undefined ? undefined : Math.min(Math.max(counted, 1), MOST_DELIVERIES);
}

/** A number attribute of an item. */
export function numberOf(item: Item, name: string | undefined): number | undefined {
  const text = name === undefined ? undefined : item[name]?.N;
  const value = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** The failure of a read that the service did not get to the end of, however often it was asked. */
export function keysLeft(count: number, table: string): ReadFailed {
  const message = `${count} keys of ${table} stayed unprocessed: the table's read capacity is used up`;
  return new ReadFailed({ error: { code: "UnprocessedKeys", message, operation: READ_ITEMS }, nature: "transient" });
}
