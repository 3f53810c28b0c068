/** Why a state cannot be booted from. One error, with its place and what to do about it. */
export interface StateError {
  readonly code:
    | "state.not-found"
    | "state.not-json"
    | "state.wrong-format"
    | "state.resource-malformed"
    | "state.no-account";
  readonly message: string;
  /** File, then resource address and attribute where there are any. */
  readonly place: string;
  readonly remedy: string;
}

export type StateResult<T> =
  | { readonly kind: "ok"; readonly value: T }
  | { readonly kind: "error"; readonly error: StateError };
