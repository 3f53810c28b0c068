import type { CanaryRun } from "../model/canary.ts";
import type { Verdict } from "../model/verdict.ts";
import { embeddedMetrics, type Metric } from "./embedded-metrics.ts";

/** Where the metrics are in CloudWatch; stack/modules/canary sets its alarms on them. */
const NAMESPACE = "Stackproof";

export interface CanaryMetrics {
  /** The name under which the stack's metrics are kept. */
  readonly stack: string;
  readonly atMs: number;
  readonly verdict: Verdict;
  /** Undefined where there was no run. */
  readonly run: CanaryRun | undefined;
}

/** A run of the canary as a log event that CloudWatch makes metrics of. What was not measured is left out: 0 would be a figure. */
export function canaryMetrics({ stack, atMs, verdict, run }: CanaryMetrics): string {
  const is = (one: Verdict) => (verdict === one ? 1 : 0);
  return embeddedMetrics({
    namespace: NAMESPACE,
    atMs,
    dimensions: { Stack: stack },
    metrics: [
      { name: "Success", unit: "Count", value: is("pass") },
      { name: "Failure", unit: "Count", value: is("fail") },
      { name: "Unknown", unit: "Count", value: is("unknown") },
      ...(run === undefined ? [] : figuresOf(run)),
    ],
    properties: run === undefined ? {} : { RunId: run.runId },
  });
}

function figuresOf({ sinkLatencyMs, calls, costUsd }: CanaryRun): Metric[] {
  return [
    ...(sinkLatencyMs === null ? [] : [{ name: "SinkLatency", unit: "Milliseconds", value: sinkLatencyMs } as const]),
    { name: "Calls", unit: "Count", value: calls },
    { name: "CostUsd", unit: "None", value: costUsd },
  ];
}
