import type { LimitRule } from "../limit-rule.ts";
import { functionThrottles } from "./function-throttles.ts";

/** The function that reads the stream runs as often at once as it may. */
export const consumerConcurrency: LimitRule = {
  limit: "consumer-concurrency",
  movement: (evidence, phase) => functionThrottles(evidence, phase, evidence.size.consumerFunction),
  explains: ["consumer-throughput"],
};
