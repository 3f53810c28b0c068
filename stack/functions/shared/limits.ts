/**
 * The largest event, as UTF-8 bytes of its JSON. DynamoDB items hold 400 KiB, attribute names and the key included; the
 * remainder is for the item's other attributes. Turned away at the entry, as an event that was acknowledged and can never be
 * stored would block its shard.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
export const MAX_EVENT_SIZE_BYTES = 384 * 1024;

/** How long items are kept before DynamoDB may delete them (the TTL attribute). */
const ITEM_LIFETIME_SECONDS = 7 * 24 * 60 * 60;

/** The TTL attribute of an item, in epoch seconds, counted from a moment in epoch milliseconds. */
export function expiresAtSeconds(fromMs: number): number {
  return Math.floor(fromMs / 1000) + ITEM_LIFETIME_SECONDS;
}
