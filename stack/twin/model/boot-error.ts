/** Why the twin cannot boot: one error, with its place and what to do about it. */
export interface BootError {
  /** For example `state.not-json`, `function.zip-missing`, `port.in-use`. */
  readonly code: string;
  readonly message: string;
  /** File and field, option, or resource address. */
  readonly place: string;
  readonly remedy: string;
}

export type BootResult<T> =
  | { readonly kind: "ok"; readonly value: T }
  | { readonly kind: "error"; readonly error: BootError };

export function bootError(code: string, message: string, place: string, remedy: string) {
  return { kind: "error" as const, error: { code, message, place, remedy } };
}
