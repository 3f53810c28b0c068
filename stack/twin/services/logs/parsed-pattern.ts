/** What became of a filter pattern. */
export type FilterPattern =
  | { readonly kind: "pattern"; readonly matches: (message: string) => boolean }
  | { readonly kind: "invalid"; readonly reason: string }
  /** Space-delimited patterns, `[a, b, c]`, are not there. */
  | { readonly kind: "unimplemented" };
