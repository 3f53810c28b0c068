/** One page of a list: its items, and the token of the next page where there is one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

const TOKEN_START = "twin:";

/**
 * The page after `token` (undefined is the first) of at most `size` items. Lists change at their end
 * at most, so a token is an offset, written so that nobody takes it for a number. A token that is none of ours: undefined.
 */
export function pageOf<T>(all: readonly T[], token: string | undefined, size: number): Page<T> | undefined {
  const offset = token === undefined ? 0 : offsetOf(token);
  if (offset === undefined || offset > all.length) return undefined;
  const items = all.slice(offset, offset + size);
  const end = offset + items.length;
  return { items, next: end < all.length ? Buffer.from(TOKEN_START + end).toString("base64url") : undefined };
}

function offsetOf(token: string): number | undefined {
  const text = Buffer.from(token, "base64url").toString("latin1");
  const digits = text.startsWith(TOKEN_START) ? text.slice(TOKEN_START.length) : "";
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
}
