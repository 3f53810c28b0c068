import type { PhaseResult } from "../../../model/load-report.ts";
import type { FunctionSize } from "../../../model/stack-size.ts";
import type { LimitRule } from "../limit-rule.ts";
import type { LoadEvidence, Movement } from "../load-evidence.ts";
import { type MetricQuery, mostIn } from "../metric-table.ts";
import { spanOf } from "../phase-span.ts";
import { refusalsIn } from "../refusals.ts";

/** The function at the entry runs as often at once as it may. */
export const entryConcurrency: LimitRule = {
  limit: "entry-concurrency",
  movement: (evidence, phase) => functionThrottles(evidence, phase, evidence.size.entryFunction),
  // API Gateway's answer for a function that is throttled may be taken for its own throttling.
  explains: ["api-throttle"],
};

/** The function that reads the stream runs as often at once as it may. */
export const consumerConcurrency: LimitRule = {
  limit: "consumer-concurrency",
  movement: (evidence, phase) => functionThrottles(evidence, phase, evidence.size.consumerFunction),
  explains: ["consumer-throughput"],
};

/** Lambda started no more of this function: docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
function functionThrottles(evidence: LoadEvidence, phase: PhaseResult, size: FunctionSize | null): Movement {
  if (size === null) return { kind: "not-there" };
  const query = (metric: string, statistic: MetricQuery["statistic"] = "Sum"): MetricQuery => ({
    namespace: "AWS/Lambda",
    metric,
    statistic,
    dimensions: { FunctionName: size.name },
  });
  const refused = refusalsIn(evidence, phase, `function ${size.name}`, [query("Throttles")], query("Invocations"));
  if (refused.kind !== "moved") return refused;
  const line = evidence.metrics.line(query("ConcurrentExecutions", "Maximum"));
  const most = line === undefined ? undefined : mostIn(line, spanOf(phase));
  const reserved =
    size.reservedConcurrency === null
      ? "no concurrency is reserved for it: the account's binds"
      : `its reserved concurrency is ${size.reservedConcurrency}`;
  return {
    ...refused,
    evidence: [...refused.evidence, reserved, ...(most === undefined ? [] : [`at most ${most} of it ran at once`])],
  };
}
