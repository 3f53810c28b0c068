import type { LoadPhase } from "../../model/load.ts";

/** The requests that one of several workers sends, in their order: those that leave `worker` when divided by `workers`. */
export function* shareOf(phases: readonly LoadPhase[], worker: number, workers: number): Generator<number> {
  for (const { firstRequest, requestCount } of phases) {
    const until = firstRequest + requestCount;
    const first = firstRequest + ((worker - (firstRequest % workers) + workers) % workers);
    for (let request = first; request < until; request += workers) yield request;
  }
}
