import { ReadFailed } from "./read-error.ts";

/** One shard's failure must not keep the others from being read; it is thrown when all have been, the one that ends the wait first. */
export function throwWorst(results: readonly PromiseSettledResult<void>[]): void {
  const reasons = results.filter((result) => result.status === "rejected").map(({ reason }): unknown => reason);
  const bug = reasons.find((reason) => !(reason instanceof ReadFailed));
  if (bug !== undefined) throw bug;
  const failures = reasons.filter((reason) => reason instanceof ReadFailed);
  const worst = failures.find(({ failure }) => failure.nature !== "transient") ?? failures[0];
  if (worst !== undefined) throw worst;
}
