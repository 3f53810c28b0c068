import type { Consumption, FunctionUse } from "../../model/load-consumption.ts";
import type { PhaseResult } from "../../model/load-report.ts";
import type { FunctionSize } from "../../model/stack-size.ts";
import type { LoadEvidence } from "./load-evidence.ts";
import { type MetricLine, type MetricQuery, mostIn, pointsIn } from "./metric-table.ts";
import { rateOf, spanOf } from "./phase-span.ts";

/** What the sender sent and what arrived, over all phases. */
export interface Sent {
  readonly ackedEvents: number;
  /** At the sink; null where the sink was not read. */
  readonly arrivedEvents: number | null;
  readonly sentEvents: number;
  readonly sentBytes: number;
}

/** What one event costs each part: sums of the whole run over the events that came through, so that late datapoints do not matter. */
export function consumptionOf(evidence: LoadEvidence, sent: Sent): Consumption {
  const { size, metrics, eventsPerRequest, phases } = evidence;
  const perEvent = (query: MetricQuery, events: number | null): number | null => {
    const line = metrics.line(query);
    return line === undefined || events === null || events === 0 ? null : total(line) / events;
  };
  const ofStream = (metric: string): number | null =>
    size.stream === null
      ? null
      : perEvent(
          { namespace: "AWS/Kinesis", metric, statistic: "Sum", dimensions: { StreamName: size.stream.name } },
          sent.ackedEvents,
        );
  const held = phases.filter(({ holds }) => holds === "pass").map(rateOf);
  return {
    requestsPerEvent: 1 / eventsPerRequest,
    requestBytesPerEvent: sent.sentEvents === 0 ? null : sent.sentBytes / sent.sentEvents,
    streamRecordsPerEvent: ofStream("IncomingRecords"),
    streamBytesPerEvent: ofStream("IncomingBytes"),
    writeUnitsPerEvent:
      size.table === null
        ? null
        : perEvent(
            {
              namespace: "AWS/DynamoDB",
              metric: "ConsumedWriteCapacityUnits",
              statistic: "Sum",
              dimensions: { TableName: size.table.name },
            },
            sent.arrivedEvents,
          ),
    entry: useOf(evidence, size.entryFunction, sent.ackedEvents),
    consumer: useOf(evidence, size.consumerFunction, sent.arrivedEvents),
    eventsPerBusySecond: eventsPerBusySecond(evidence, sent),
    heldEventsPerSecond: held.length === 0 ? null : Math.max(...held),
  };
}

function useOf(
  { metrics, phases }: LoadEvidence,
  size: FunctionSize | null,
  events: number | null,
): FunctionUse | null {
  if (size === null || events === null || events === 0) return null;
  const query = (metric: string, statistic: MetricQuery["statistic"]): MetricLine | undefined =>
    metrics.line({ namespace: "AWS/Lambda", metric, statistic, dimensions: { FunctionName: size.name } });
  const invocations = query("Invocations", "Sum");
  const duration = query("Duration", "Average");
  if (invocations === undefined || duration === undefined) return null;
  const held = phases.filter(({ holds }) => holds === "pass");
  const durationMs = meanDuration(duration, invocations, held) ?? meanDuration(duration, invocations, phases);
  if (durationMs === undefined) return null;
  const concurrent = query("ConcurrentExecutions", "Maximum");
  const most = concurrent === undefined ? [] : held.flatMap((phase) => mostIn(concurrent, spanOf(phase)) ?? []);
  return {
    invocationsPerEvent: total(invocations) / events,
    durationMs,
    concurrentExecutions: most.length === 0 ? null : Math.max(...most),
  };
}

/** Over single phases where the datapoints are fine enough, since a busy consumer takes larger batches; else over the whole run. */
function eventsPerBusySecond({ metrics, phases, size }: LoadEvidence, { arrivedEvents }: Sent): number | null {
  if (size.consumerFunction === null || arrivedEvents === null) return null;
  const query = (metric: string, statistic: MetricQuery["statistic"]): MetricLine | undefined =>
    metrics.line({
      namespace: "AWS/Lambda",
      metric,
      statistic,
      dimensions: { FunctionName: size.consumerFunction?.name ?? "" },
    });
  const invocations = query("Invocations", "Sum");
  const duration = query("Duration", "Average");
  if (invocations === undefined || duration === undefined) return null;
  const perPhase = phases
    .filter(({ holds, plan }) => holds === "pass" && plan.durationMs >= 3 * duration.periodMs)
    .flatMap((phase) => {
      const busy = busySeconds(duration, invocations, (startMs) => isWithin(startMs, duration.periodMs, phase));
      return busy === 0 ? [] : [(phase.ackedEventsPerSecond * (phase.plan.durationMs / 1000)) / busy];
    });
  if (perPhase.length > 0) return Math.max(...perPhase);
  const busy = busySeconds(duration, invocations, () => true);
  return busy === 0 ? null : arrivedEvents / busy;
}

function busySeconds(duration: MetricLine, invocations: MetricLine, counts: (startMs: number) => boolean): number {
  const times = new Map(duration.points.map(({ startMs, value }) => [startMs, value]));
  return invocations.points
    .filter(({ startMs }) => counts(startMs))
    .reduce((sum, { startMs, value }) => sum + (value * (times.get(startMs) ?? 0)) / 1000, 0);
}

/** A phase's own datapoints, and the one after it: what the consumer does lags behind. */
function isWithin(startMs: number, periodMs: number, { plan }: PhaseResult): boolean {
  return startMs + periodMs > plan.startMs && startMs <= plan.startMs + plan.durationMs + periodMs;
}

/** Weighed by invocations: a minute with one slow cold start is not worth one with a thousand. */
function meanDuration(
  duration: MetricLine,
  invocations: MetricLine,
  phases: readonly PhaseResult[],
): number | undefined {
  const counts = new Map(invocations.points.map(({ startMs, value }) => [startMs, value]));
  const startsMs = new Set<number>();
  let [weight, sum] = [0, 0];
  for (const phase of phases)
    for (const { startMs, value } of pointsIn(duration, spanOf(phase))) {
      if (startsMs.has(startMs)) continue;
      startsMs.add(startMs);
      const count = counts.get(startMs) ?? 0;
      weight += count;
      sum += count * value;
    }
  return weight === 0 ? undefined : sum / weight;
}

function total({ points }: MetricLine): number {
  return points.reduce((sum, { value }) => sum + value, 0);
}
