import type { Xml } from "../xml.ts";

/** One line of a listing, in the listing's order. */
export interface Entry {
  readonly key: string;
  readonly versionId: string | undefined;
  readonly write: () => Xml;
}

interface Place {
  readonly key: string;
  /** Within the key; undefined is behind all of its versions. */
  readonly versionId: string | undefined;
}

export interface Page {
  readonly entries: readonly Entry[];
  readonly prefixes: readonly string[];
  /** Where the next page goes on, if there is one: behind this place. */
  readonly next: Place | undefined;
}

/**
 * Cuts a page out of a listing: keys of the prefix, behind a place, those with the delimiter further on rolled up into their common
 * prefix, which counts as one. A page that ends with a common prefix goes on behind everything below it.
 */
export function page(
  entries: readonly Entry[],
  asked: {
    readonly prefix: string;
    readonly delimiter: string | undefined;
    readonly maxKeys: number;
    readonly after: Place | undefined;
  },
): Page {
  const listed: Entry[] = [];
  const prefixes: string[] = [];
  let last: Place | undefined;
  const { prefix, delimiter, maxKeys, after } = asked;
  const started = startIndex(entries, after);
  for (const entry of entries.slice(started)) {
    if (!entry.key.startsWith(prefix)) continue;
    const at = delimiter === undefined ? -1 : entry.key.indexOf(delimiter, prefix.length);
    const common = at < 0 ? undefined : entry.key.slice(0, at + (delimiter?.length ?? 0));
    if (common !== undefined && (prefixes.at(-1) === common || (after !== undefined && common === after.key))) continue;
    if (listed.length + prefixes.length >= maxKeys)
      return { entries: listed, prefixes, next: maxKeys === 0 ? undefined : last };
    if (common === undefined) listed.push(entry);
    else prefixes.push(common);
    last =
      common === undefined ? { key: entry.key, versionId: entry.versionId } : { key: common, versionId: undefined };
  }
  return { entries: listed, prefixes, next: undefined };
}

function startIndex(entries: readonly Entry[], after: Place | undefined): number {
  if (after === undefined) return 0;
  if (after.versionId !== undefined) {
    const exact = entries.findIndex(({ key, versionId }) => key === after.key && versionId === after.versionId);
    if (exact >= 0) return exact + 1;
  }
  const marker = Buffer.from(after.key);
  const behind = entries.findIndex(({ key }) => Buffer.compare(Buffer.from(key), marker) > 0);
  return behind < 0 ? entries.length : behind;
}
