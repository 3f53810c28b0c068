import { ReadFailed } from "./read-error.ts";

/**
 * Of several calls that were made side by side the failure that matters most: a bug, then one that no waiting helps; undefined where
 * none failed. One call's failure must not keep the others from being made, so it is asked for when all have ended.
 */
export function worstOf(results: readonly PromiseSettledResult<void>[]): unknown {
  const reasons = results.filter((result) => result.status === "rejected").map(({ reason }): unknown => reason);
  return (
    reasons.find((reason) => !(reason instanceof ReadFailed)) ??
    reasons.find((reason) => !isTransient(reason)) ??
    reasons[0]
  );
}

export function isTransient(error: unknown): boolean {
  return error instanceof ReadFailed && error.failure.nature === "transient";
}
