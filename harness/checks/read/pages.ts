import { unread } from "./unread.ts";

export interface Page<T> {
  readonly items: readonly T[];
  /** Undefined or empty on the last page. */
  readonly next: string | undefined;
}

/** A service that keeps returning tokens must not keep a run busy for ever. */
const MOST_PAGES = 100;

/** All items of a paged listing. @throws Unread */
export async function allPages<T>(
  operation: string,
  getPage: (token: string | undefined) => Promise<Page<T>>,
): Promise<T[]> {
  return (await allPagesIfAny(operation, getPage)) ?? [];
}

/** Like `allPages`; undefined if `getPage` returns undefined: what would be listed does not exist. @throws Unread */
export async function allPagesIfAny<T>(
  operation: string,
  getPage: (token: string | undefined) => Promise<Page<T> | undefined>,
): Promise<T[] | undefined> {
  const items: T[] = [];
  let token: string | undefined;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await getPage(token);
    if (answer === undefined) return undefined;
    items.push(...answer.items);
    if (answer.next === undefined || answer.next === "") return items;
    token = answer.next;
  }
  throw unread("TooManyPages", `the listing did not end after ${MOST_PAGES} pages`, operation);
}
