import type { LimitRule } from "../limit-rule.ts";
import { functionThrottles } from "./function-throttles.ts";

/** The function at the entry runs as often at once as it may. */
export const entryConcurrency: LimitRule = {
  limit: "entry-concurrency",
  movement: (evidence, phase) => functionThrottles(evidence, phase, evidence.size.entryFunction),
  // API Gateway's answer for a function that is throttled may be taken for its own throttling.
  explains: ["api-throttle"],
};
