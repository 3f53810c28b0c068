import { type AttributeValue, BatchGetItemCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { EventTag } from "../model/event.ts";
import type { ItemHop } from "../model/hop.ts";
import { fillTags } from "../model/template.ts";
import { call } from "./call.ts";
import { inChunks } from "./chunks.ts";
import { type Notebook, openNotebook } from "./notebook.ts";
import type { Observer } from "./observer.ts";
import { ReadFailed } from "./read-error.ts";
import { watch } from "./watch.ts";

type Item = Record<string, AttributeValue>;

const OPERATION = "dynamodb:BatchGetItem";
/** docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html: at most 100 keys a call. */
const KEYS_PER_CALL = 100;
/** Unprocessed keys are sent again this often before the look counts as throttled. */
const RESENDS = 5;
const FIRST_RESEND_MS = 50;
/** A delivery counter is trusted up to here; past it, more sightings would say nothing new. */
const MOST_DELIVERIES = 20;

/**
 * Looks items up by key, strongly consistent. An item does not tell how often it was written unless the stack counts that
 * (`deliveriesAttribute`): then each delivery is an occurrence, `delivery 1` to `delivery n`; else there is one, `item`.
 *
 * `seenAtMs` is the item's own `writtenAtAttribute` where there is one; else our clock when the item was first found, so that it is
 * late by up to the time between two looks. A completed look covers the table up to the moment when it began; so does a table that
 * refuses such keys, for it can hold no such item.
 */
export const observeItems: Observer<ItemHop> = async (task, tools) => {
  const { hop, awaited } = task;
  const client = await tools.clients.dynamodb();
  const notebook = openNotebook(task, tools);
  const counts = hop.deliveriesAttribute !== undefined;
  await watch(task, tools, {
    operation: OPERATION,
    backoff: { firstMs: 150, factor: 1.3, longestMs: 2_000 },
    canSeeDuplicates: counts,
    isComplete: () => notebook.isComplete(),
    async look(signal, isLast) {
      const begunMs = tools.clock.nowMs();
      // Only a counter can tell more of an item that was seen already, and only at the end is it worth reading all again.
      const wanted = awaited.sent().filter((tag) => (isLast && counts) || !notebook.hasSeen(tag));
      if (wanted.length === 0) return;
      try {
        for (const tags of inChunks(wanted, KEYS_PER_CALL)) {
          await readItems(tags, hop, client, tools.clock, signal, (tag, item) => {
            noteItem(tag, item, hop, notebook, tools.clock.nowMs());
          });
        }
        notebook.covered(begunMs, `consistent read of ${wanted.length} keys of table ${hop.table}`);
      } catch (error) {
        const refusal = keyRefusal(error);
        if (refusal === undefined) throw error;
        const names = Object.keys(hop.key).join(" and ");
        notebook.covered(begunMs, `table ${hop.table} can have no item with the key ${names}: ${refusal}`);
      }
    },
  });
};

/**
 * What DynamoDB says of a key that the table cannot have: another attribute, or of another type. That answers the question as well
 * as a read that finds nothing. docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html (ValidationException)
 */
function keyRefusal(error: unknown): string | undefined {
  if (!(error instanceof ReadFailed)) return undefined;
  const { code, message } = error.failure.error;
  const isAboutKey = /key element does not match the schema|Type mismatch for key|Missing the key/.test(message);
  return code === "ValidationException" && isAboutKey ? message : undefined;
}

async function readItems(
  tags: readonly EventTag[],
  hop: ItemHop,
  client: DynamoDBClient,
  clock: { wait(durationMs: number, signal: AbortSignal): Promise<void> },
  signal: AbortSignal,
  found: (tag: EventTag, item: Item) => void,
): Promise<void> {
  const tagOf = new Map(tags.map((tag) => [keyText(fillTags(hop.key, tag)), tag]));
  const projection = projectionOf(hop);
  let keys: Item[] = tags.map((tag) =>
    Object.fromEntries(Object.entries(fillTags(hop.key, tag)).map(([name, value]) => [name, { S: value }])),
  );
  for (let resends = 0; keys.length > 0; resends += 1) {
    if (resends > RESENDS) throw keysLeft(keys.length, hop.table);
    if (resends > 0) await clock.wait(FIRST_RESEND_MS * 2 ** (resends - 1), signal);
    const request = { [hop.table]: { Keys: keys, ConsistentRead: true, ...projection } };
    const output = await call(OPERATION, signal, () =>
      client.send(new BatchGetItemCommand({ RequestItems: request }), { abortSignal: signal }),
    );
    for (const item of output.Responses?.[hop.table] ?? []) {
      const tag = tagOf.get(keyText(keyOf(item, hop)));
      if (tag !== undefined) found(tag, item);
    }
    keys = output.UnprocessedKeys?.[hop.table]?.Keys ?? [];
  }
}

function noteItem(tag: EventTag, item: Item, hop: ItemHop, notebook: Notebook, nowMs: number): void {
  const seenAtMs = numberOf(item, hop.writtenAtAttribute) ?? nowMs;
  const place = `table ${hop.table}, key ${keyText(keyOf(item, hop))}`;
  const deliveries = numberOf(item, hop.deliveriesAttribute);
  if (deliveries === undefined) {
    notebook.sighted({ tag, occurrence: "item", seenAtMs, place });
    return;
  }
  for (let delivery = 1; delivery <= Math.min(Math.max(deliveries, 1), MOST_DELIVERIES); delivery += 1) {
    notebook.sighted({ tag, occurrence: `delivery ${delivery}`, seenAtMs, place });
  }
}

/** Only what is needed: an item may be 400 KB, and an answer ends at 16 MB. Names are aliased because any of them may be reserved. */
function projectionOf(hop: ItemHop) {
  const names = [...new Set([...Object.keys(hop.key), hop.deliveriesAttribute, hop.writtenAtAttribute])].filter(
    (name) => name !== undefined,
  );
  const aliases = names.map((name, index): [string, string] => [`#a${index}`, name]);
  return {
    ProjectionExpression: aliases.map(([alias]) => alias).join(", "),
    ExpressionAttributeNames: Object.fromEntries(aliases),
  };
}

function keyOf(item: Item, hop: ItemHop): Record<string, string> {
  return Object.fromEntries(Object.keys(hop.key).map((name) => [name, item[name]?.S ?? ""]));
}

/** The same text for the same key, whatever the order of its attributes. */
function keyText(key: Readonly<Record<string, string>>): string {
  return Object.entries(key)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");
}

function numberOf(item: Item, name: string | undefined): number | undefined {
  const text = name === undefined ? undefined : item[name]?.N;
  const value = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function keysLeft(count: number, table: string): ReadFailed {
  const message = `${count} keys of ${table} stayed unprocessed: the table's read capacity is used up`;
  return new ReadFailed({ error: { code: "UnprocessedKeys", message, operation: OPERATION }, nature: "transient" });
}
