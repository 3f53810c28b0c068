import { tagPrefix } from "../../model/event.ts";
import type { ItemHop } from "../../model/hop.ts";
import type { Item } from "../item-reader.ts";

/** Makes the keys of a run's items and knows the items by them. */
export interface ItemKeys {
  keyOf(sequence: number): Item;
  /** The sequence whose key an item has; undefined where it is no item of this run and producer. */
  sequenceOf(item: Item): number | undefined;
}

interface KeyPart {
  readonly attribute: string;
  /** The template, cut where the tag goes in: one piece more than it has places for it. */
  readonly pieces: readonly string[];
}

/** Under load a key is made and known for every event: templates are cut once, and an item's sequence is read out of its key. */
export function createItemKeys(
  { key }: Pick<ItemHop, "key">,
  { runId, producer }: { readonly runId: string; readonly producer: string },
): ItemKeys {
  const prefix = `${tagPrefix(runId)}${producer}-`;
  const parts = Object.entries(key).map(
    ([attribute, template]): KeyPart => ({ attribute, pieces: template.split("{tag}") }),
  );
  const naming = parts.find(({ pieces }) => pieces.length > 1);
  const textOf = (part: KeyPart, tag: string) => part.pieces.join(tag);
  const hasKey = (item: Item, tag: string) => parts.every((part) => item[part.attribute]?.S === textOf(part, tag));
  const before = `${naming?.pieces[0] ?? ""}${prefix}`;
  return {
    keyOf(sequence) {
      const tag = `${prefix}${sequence}`;
      const made: Item = {};
      for (const part of parts) made[part.attribute] = { S: textOf(part, tag) };
      return made;
    },
    sequenceOf(item) {
      const text = naming === undefined ? undefined : item[naming.attribute]?.S;
      if (text === undefined || !text.startsWith(before)) return undefined;
      const sequence = leadingNumber(text, before.length);
      return sequence !== undefined && hasKey(item, `${prefix}${sequence}`) ? sequence : undefined;
    },
  };
}

/** The whole number that stands at a place of a text. */
function leadingNumber(text: string, from: number): number | undefined {
  let value = 0;
  let index = from;
  for (; index < text.length; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  return index === from || !Number.isSafeInteger(value) ? undefined : value;
}
