import type { RequestContext } from "./request.ts";

export type ContextValue =
  | { readonly kind: "values"; readonly values: readonly string[] }
  | { readonly kind: "absent" }
  | { readonly kind: "not-known" };

/** What a request carries under a condition key. */
export function contextValue(context: RequestContext, key: string): ContextValue {
  const wanted = key.toLowerCase();
  for (const [name, value] of Object.entries(context)) {
    if (name.toLowerCase() !== wanted) continue;
    if (value === null) return { kind: "absent" };
    return { kind: "values", values: typeof value === "string" ? [value] : value };
  }
  return { kind: "not-known" };
}
