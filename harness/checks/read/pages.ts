import { unread } from "./unread.ts";

export interface Page<T> {
  readonly items: readonly T[];
  /** Undefined or empty on the last page. */
  readonly next: string | undefined;
}

/** A service that hands out one token after the other must not keep a run busy for ever. */
const MOST_PAGES = 100;

/** All items of a paged listing. @throws Unread */
export async function allPages<T>(
  operation: string,
  getPage: (token: string | undefined) => Promise<Page<T>>,
): Promise<T[]> {
  const items: T[] = [];
  let token: string | undefined;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { items: more, next } = await getPage(token);
    items.push(...more);
    if (next === undefined || next === "") return items;
    token = next;
  }
  throw unread("TooManyPages", `the listing did not end after ${MOST_PAGES} pages`, operation);
}
