import type { EventTag } from "../model/event.ts";
import type { ItemHop } from "../model/hop.ts";
import type { Clock } from "../model/ports.ts";
import { fillTags } from "../model/template.ts";
import { inChunks } from "./chunks.ts";
import {
  attributesOf,
  createItemReader,
  deliveriesOf,
  type Item,
  KEYS_PER_CALL,
  keysLeft,
  numberOf,
  READ_ITEMS,
  type ReadItems,
} from "./item-reader.ts";
import { type Notebook, openNotebook } from "./notebook.ts";
import type { Observer } from "./observer.ts";
import { watch } from "./watch.ts";

/** Unprocessed keys are sent again this often before the look counts as throttled. */
const RESENDS = 5;
const FIRST_RESEND_MS = 50;

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
  const readItems = createItemReader(hop.table, attributesOf(hop), await tools.clients.dynamodb());
  const notebook = openNotebook(task, tools);
  const counts = hop.deliveriesAttribute !== undefined;
  await watch(task, tools, {
    operation: READ_ITEMS,
    backoff: { firstMs: 150, factor: 1.3, longestMs: 2_000 },
    canSeeDuplicates: counts,
    isComplete: () => notebook.isComplete(),
    async look(signal, isLast) {
      const begunMs = tools.clock.nowMs();
      // Only a counter can tell more of an item that was seen already, and only at the end is it worth reading all again.
      const wanted = awaited.sent().filter((tag) => (isLast && counts) || !notebook.hasSeen(tag));
      if (wanted.length === 0) return;
      let refusal: string | undefined;
      for (const tags of inChunks(wanted, KEYS_PER_CALL)) {
        refusal ??= await readAll(tags, hop, readItems, tools.clock, signal, (tag, item) => {
          noteItem(tag, item, hop, notebook, tools.clock.nowMs());
        });
      }
      notebook.covered(
        begunMs,
        refusal === undefined
          ? `consistent read of ${wanted.length} keys of table ${hop.table}`
          : `table ${hop.table} can have no item with the key ${Object.keys(hop.key).join(" and ")}: ${refusal}`,
      );
    },
  });
};

/** Reads until no key is left unprocessed. Returns why the table refuses such keys, where it does. */
async function readAll(
  tags: readonly EventTag[],
  { key, table }: ItemHop,
  readItems: ReadItems,
  clock: Clock,
  signal: AbortSignal,
  found: (tag: EventTag, item: Item) => void,
): Promise<string | undefined> {
  const tagOf = new Map(tags.map((tag) => [keyText(fillTags(key, tag)), tag]));
  let keys: readonly Item[] = tags.map((tag) =>
    Object.fromEntries(Object.entries(fillTags(key, tag)).map(([name, value]) => [name, { S: value }])),
  );
  for (let resends = 0; keys.length > 0; resends += 1) {
    if (resends > RESENDS) throw keysLeft(keys.length, table);
    if (resends > 0) await clock.wait(FIRST_RESEND_MS * 2 ** (resends - 1), signal);
    const { items, unprocessed, refusal } = await readItems(keys, true, signal);
    if (refusal !== undefined) return refusal;
    for (const item of items) {
      const tag = tagOf.get(keyText(keyOf(item, key)));
      if (tag !== undefined) found(tag, item);
    }
    keys = unprocessed;
  }
  return undefined;
}

function noteItem(tag: EventTag, item: Item, hop: ItemHop, notebook: Notebook, nowMs: number): void {
  const seenAtMs = numberOf(item, hop.writtenAtAttribute) ?? nowMs;
  const place = `table ${hop.table}, key ${keyText(keyOf(item, hop.key))}`;
  const deliveries = deliveriesOf(item, hop);
  if (deliveries === undefined) {
    notebook.sighted({ tag, occurrence: "item", seenAtMs, place });
    return;
  }
  for (let delivery = 1; delivery <= deliveries; delivery += 1) {
    notebook.sighted({ tag, occurrence: `delivery ${delivery}`, seenAtMs, place });
  }
}

function keyOf(item: Item, key: ItemHop["key"]): Record<string, string> {
  return Object.fromEntries(Object.keys(key).map((name) => [name, item[name]?.S ?? ""]));
}

/** The same text for the same key, whatever the order of its attributes. */
function keyText(key: Readonly<Record<string, string>>): string {
  return Object.entries(key)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");
}
