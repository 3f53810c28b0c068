import type { CallMeter } from "../deployment/call-meter.ts";

/** Counts the calls of a run, and refuses a call that would cost more than is left of its budget. */
export interface CallBudget extends CallMeter {
  /** Calls that were let through: `dynamodb:BatchGetItem` → how many. */
  counts(): Readonly<Record<string, number>>;
}

/** A call that was not made: what it would have shown is unknown. */
export class BudgetSpent extends Error {
  constructor(call: string, budgetUsd: number) {
    super(`${call} was not called: the calls of this run may cost $${budgetUsd}, and that is used up`);
    this.name = "BudgetSpent";
  }
}

/** @param priceOf US dollars of one call, named `service:Operation`. */
export function createCallBudget(budgetUsd: number, priceOf: (call: string) => number): CallBudget {
  const counts = new Map<string, number>();
  let spentUsd = 0;
  return {
    beforeCall(service, operation) {
      const call = `${service}:${operation}`;
      const priceUsd = priceOf(call);
      if (priceUsd > 0 && spentUsd + priceUsd > budgetUsd) throw new BudgetSpent(call, budgetUsd);
      spentUsd += priceUsd;
      counts.set(call, (counts.get(call) ?? 0) + 1);
    },
    counts: () => Object.fromEntries(counts),
  };
}
