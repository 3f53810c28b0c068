import type { MetricSink } from "../model/ports.ts";

type Unit = "Count" | "Milliseconds";

/** AWS/Lambda metrics of one function (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html). */
export interface FunctionMetrics {
  invoked(atMs: number, concurrency: number): void;
  ended(atMs: number, durationMs: number, failed: boolean): void;
  throttled(atMs: number): void;
  asyncReceived(atMs: number): void;
  asyncAge(atMs: number, ageMs: number): void;
  asyncDropped(atMs: number): void;
}

/** Every sample goes to the dimensions that AWS publishes: the function, its unqualified resource, and the whole account. */
export function functionMetrics(functionName: string, sink: MetricSink): FunctionMetrics {
  const dimensionSets = [{ FunctionName: functionName }, { FunctionName: functionName, Resource: functionName }, {}];
  const add = (atMs: number, name: string, value: number, unit: Unit = "Count") => {
    for (const dimensions of dimensionSets) sink.add({ namespace: "AWS/Lambda", name, dimensions, value, unit, atMs });
  };
  return {
    invoked(atMs, concurrency) {
      add(atMs, "Invocations", 1);
      add(atMs, "Throttles", 0);
      add(atMs, "ConcurrentExecutions", concurrency);
    },
    ended(atMs, durationMs, failed) {
      add(atMs, "Duration", durationMs, "Milliseconds");
      add(atMs, "Errors", failed ? 1 : 0);
    },
    throttled: (atMs) => add(atMs, "Throttles", 1),
    asyncReceived: (atMs) => add(atMs, "AsyncEventsReceived", 1),
    asyncAge: (atMs, ageMs) => add(atMs, "AsyncEventAge", ageMs, "Milliseconds"),
    asyncDropped: (atMs) => add(atMs, "AsyncEventsDropped", 1),
  };
}
