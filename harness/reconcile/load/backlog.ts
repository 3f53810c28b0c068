import { intendedTimeOf, requestsDueBy } from "../../model/request-times.ts";
import { sinkOf } from "../../model/scenario.ts";
import { edgesOf, type SequenceSet } from "../../model/sequence-set.ts";
import type { LoadLedger } from "./load-ledger.ts";
import type { PhaseArrival, PhaseMeasure } from "./measure-load.ts";

/** How the backlog between the intended time and the sink changed over a phase: a line through its course. */
export interface BacklogGrowth {
  /** Events per second; negative where it shrank. */
  readonly perSecond: number;
  /** Standard error of that, by how far the course lies from the line. */
  readonly standardError: number;
  /** Over how long. */
  readonly windowMs: number;
}

const SAMPLES = 40;
const FEWEST_ARRIVALS = 3;

/**
 * The growth of what has been taken and not yet arrived, of the events that were not lost. Null where too little was seen to draw a
 * line. The first part of a phase is left out: until the first event can have arrived, every backlog grows. So is, while events of the
 * phase are still to come, the time that the observers have not reported on yet.
 *
 * @param awaited Events that were acked and are not known to be lost.
 * @param isComplete All of the phase's have arrived.
 */
export function backlogGrowth(
  ledger: LoadLedger,
  phase: PhaseMeasure,
  awaited: SequenceSet,
  isComplete: boolean,
): BacklogGrowth | null {
  const { plan, events, sink, arrivals } = phase;
  if (arrivals.length < FEWEST_ARRIVALS || awaited.countBetween(events.from, events.until) === 0) return null;
  const skippedMs = Math.min(plan.durationMs / 2, Math.max(500, 2 * (sink.percentileMs(50) ?? 0)));
  const spans = arrivals.map((arrival) => spanOf(ledger, phase, arrival)).filter((span) => span !== undefined);
  const toldMs = Math.min(plan.durationMs, isComplete ? plan.durationMs : toldUntilMs(ledger, spans) - plan.startMs);
  const windowMs = toldMs - skippedMs;
  if (windowMs < (plan.durationMs - skippedMs) / 2) return null;
  const points: { x: number; y: number }[] = [];
  let [taken, counted] = [0, events.from];
  for (let index = 0; index < SAMPLES; index += 1) {
    const offsetMs = skippedMs + (windowMs * index) / (SAMPLES - 1);
    const due =
      events.from + requestsDueBy(plan, ledger.spec.eventsPerRequest, offsetMs) * ledger.spec.eventsPerRequest;
    taken += awaited.countBetween(counted, due);
    counted = Math.max(counted, due);
    const arrived = spans.reduce((sum, span) => sum + arrivedBy(span, plan.startMs + offsetMs), 0);
    points.push({ x: offsetMs / 1000, y: taken - arrived });
  }
  return { ...lineThrough(points), windowMs };
}

/** Up to when arrivals are known: the last look at the sink, less the longest that an observer took to report. */
function toldUntilMs(ledger: LoadLedger, spans: readonly Span[]): number {
  const sink = sinkOf(ledger.scenario)?.name ?? "";
  const looks = [
    ...(ledger.hops.get(sink)?.arrivals ?? []).map(({ atMs }) => atMs),
    ...ledger.absences.filter(({ hop }) => hop === sink).map(({ readAtMs }) => readAtMs),
  ];
  const lastMs = looks.reduce((latest, atMs) => Math.max(latest, atMs), Number.NEGATIVE_INFINITY);
  return lastMs - spans.reduce((longest, { untilMs, toldMs }) => Math.max(longest, toldMs - untilMs), 0);
}

interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly events: number;
  /** When the observer reported it. */
  readonly toldMs: number;
}

/** When the events of one sighting arrived: over the time that they were intended in, later by their mean latency. */
function spanOf(ledger: LoadLedger, { events }: PhaseMeasure, arrival: PhaseArrival): Span | undefined {
  const { fact, meanLatencyMs } = arrival;
  if (meanLatencyMs === null)
    return { fromMs: fact.atMs, untilMs: fact.atMs, events: arrival.events, toldMs: fact.atMs };
  const edges = edgesOf(fact.seen);
  if (edges === undefined) return undefined;
  const timeOf = (sequence: number): number | undefined =>
    intendedTimeOf(
      ledger.phases,
      ledger.spec.eventsPerRequest,
      Math.min(Math.max(sequence, events.from), events.until - 1),
    );
  const [first, last] = [timeOf(edges.lowest), timeOf(edges.highest)];
  if (first === undefined || last === undefined) return undefined;
  return { fromMs: first + meanLatencyMs, untilMs: last + meanLatencyMs, events: arrival.events, toldMs: fact.atMs };
}

function arrivedBy({ fromMs, untilMs, events }: Span, atMs: number): number {
  if (atMs >= untilMs) return events;
  if (atMs <= fromMs) return 0;
  return (events * (atMs - fromMs)) / (untilMs - fromMs);
}

/** Least squares. */
function lineThrough(points: readonly { readonly x: number; readonly y: number }[]): {
  readonly perSecond: number;
  readonly standardError: number;
} {
  const count = points.length;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / count;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / count;
  const spread = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  const slope = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const residual = points.reduce((sum, { x, y }) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0);
  return { perSecond: slope, standardError: Math.sqrt(residual / (count - 2) / spread) };
}
