import type { MetricSink } from "../model/ports.ts";
import type { FunctionLimits } from "../model/service-limits.ts";

type Unit = "Count" | "Milliseconds";

/** AWS/Lambda metrics of one function (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html). */
export interface FunctionMetrics {
  /** `executions` counts this one in. */
  invoked(atMs: number, executions: ReturnType<FunctionLimits["executions"]>): void;
  ended(atMs: number, durationMs: number, failed: boolean): void;
  throttled(atMs: number): void;
  asyncReceived(atMs: number): void;
  asyncAge(atMs: number, ageMs: number): void;
  asyncDropped(atMs: number): void;
}

/** Every sample goes to the dimensions that AWS publishes: the function, its unqualified resource, and the whole account. */
export function functionMetrics(functionName: string, sink: MetricSink): FunctionMetrics {
  const account: Readonly<Record<string, string>> = {};
  const ofOneFunction = [{ FunctionName: functionName }, { FunctionName: functionName, Resource: functionName }];
  const dimensionSets = [...ofOneFunction, account];
  const addTo = (
    dimensions: Readonly<Record<string, string>>,
    atMs: number,
    name: string,
    value: number,
    unit: Unit = "Count",
  ) => sink.add({ namespace: "AWS/Lambda", name, dimensions, value, unit, atMs });
  const add = (atMs: number, name: string, value: number, unit: Unit = "Count") => {
    for (const dimensions of dimensionSets) addTo(dimensions, atMs, name, value, unit);
  };
  return {
    invoked(atMs, { ofFunction, ofAccount, unreserved }) {
      add(atMs, "Invocations", 1);
      add(atMs, "Throttles", 0);
      for (const dimensions of ofOneFunction) addTo(dimensions, atMs, "ConcurrentExecutions", ofFunction);
      addTo(account, atMs, "ConcurrentExecutions", ofAccount);
      if (unreserved !== undefined) addTo(account, atMs, "UnreservedConcurrentExecutions", unreserved);
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
