import { DescribeTimeToLiveCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { call } from "../call.ts";
import { createItemReader, type Item, numberOf } from "../item-reader.ts";

export type Expiry =
  /** DynamoDB deletes the items by itself, within days of `atMs`. */
  { readonly kind: "expires"; readonly attribute: string; readonly atMs: number } | { readonly kind: "stays" };

/**
 * Whether a table will delete such items by itself: it has a time to live, and every item that was looked at holds a time to come.
 * docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html: the attribute is a number, in seconds since the epoch.
 *
 * @param keys Of a few of the items, at most 100.
 * @throws ReadFailed
 */
export async function findExpiry(
  table: string,
  keys: readonly Item[],
  nowMs: number,
  client: DynamoDBClient,
  signal: AbortSignal,
): Promise<Expiry> {
  const described = await call("dynamodb:DescribeTimeToLive", signal, () =>
    client.send(new DescribeTimeToLiveCommand({ TableName: table }), { abortSignal: signal }),
  );
  const { TimeToLiveStatus: status, AttributeName: attribute } = described.TimeToLiveDescription ?? {};
  if (status !== "ENABLED" || attribute === undefined || keys.length === 0) return { kind: "stays" };
  const { items } = await createItemReader(table, [attribute], client)(keys, false, signal);
  const timesMs = items.map((item) => (numberOf(item, attribute) ?? 0) * 1000);
  if (timesMs.length === 0 || timesMs.some((atMs) => atMs <= nowMs)) return { kind: "stays" };
  return { kind: "expires", attribute, atMs: Math.max(...timesMs) };
}
