import type { ReadError } from "../read-error.ts";

/** The part of a setting that a call of its own reads, and that may be denied without the rest being unknown. */
export type Part<T> =
  | { readonly kind: "read"; readonly value: T }
  | { readonly kind: "unread"; readonly error: ReadError };
