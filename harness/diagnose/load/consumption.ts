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
  const streamRecordsPerEvent = ofStream("IncomingRecords");
  return {
    requestsPerEvent: 1 / eventsPerRequest,
    requestBytesPerEvent: sent.sentEvents === 0 ? null : sent.sentBytes / sent.sentEvents,
    streamRecordsPerEvent,
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
    eventsPerBusySecond: eventsPerBusySecond(evidence, streamRecordsPerEvent),
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

/**
 * Over the datapoints in which nothing made the consumer wait: where its table refuses writes, its time says nothing of itself. Null
 * where there is no such datapoint.
 */
function eventsPerBusySecond({ metrics, size }: LoadEvidence, recordsPerEvent: number | null): number | null {
  const { stream, consumerFunction, table } = size;
  if (stream === null || consumerFunction === null || recordsPerEvent === null || recordsPerEvent === 0) return null;
  const ofConsumer = { namespace: "AWS/Lambda", dimensions: { FunctionName: consumerFunction.name } };
  const ofStream = { namespace: "AWS/Kinesis", dimensions: { StreamName: stream.name } };
  const invocations = metrics.line({ ...ofConsumer, metric: "Invocations", statistic: "Sum" });
  const duration = metrics.line({ ...ofConsumer, metric: "Duration", statistic: "Average" });
  const records = metrics.line({ ...ofStream, metric: "IncomingRecords", statistic: "Sum" });
  if (invocations === undefined || duration === undefined || records === undefined) return null;
  const refused = metrics.line({
    namespace: "AWS/DynamoDB",
    metric: "WriteThrottleEvents",
    statistic: "Sum",
    dimensions: { TableName: table?.name ?? "" },
  });
  const slowed = new Set(refused?.points.filter(({ value }) => value > 0).map(({ startMs }) => startMs));
  const at = (line: MetricLine): Map<number, number> =>
    new Map(line.points.map(({ startMs, value }) => [startMs, value]));
  const [times, counts] = [at(duration), at(invocations)];
  let [events, busySeconds] = [0, 0];
  for (const { startMs, value } of records.points) {
    if (slowed.has(startMs)) continue;
    events += value / recordsPerEvent;
    busySeconds += ((counts.get(startMs) ?? 0) * (times.get(startMs) ?? 0)) / 1000;
  }
  return busySeconds === 0 ? null : events / busySeconds;
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
