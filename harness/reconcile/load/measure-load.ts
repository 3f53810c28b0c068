import { addEncoded, LatencyHistogram } from "../../model/latency-histogram.ts";
import type { LoadPhase } from "../../model/load.ts";
import type { LoadArrived, LoadSecond } from "../../model/load-fact.ts";
import type { LatencyHeat } from "../../model/load-report.ts";
import { sinkOf } from "../../model/scenario.ts";
import { HeatRows } from "./heat.ts";
import type { LoadLedger } from "./load-ledger.ts";
import { countByPhase, type EventRange, eventsOf, mostOf } from "./phase-events.ts";

/** What the histograms of a ledger add up to. Each text is read once, for there are thousands. */
export interface LoadMeasures {
  /** In the order of the ledger's phases. */
  readonly phases: readonly PhaseMeasure[];
  /** Intended time to the end of the answer, and to the sink, over the whole run. */
  readonly entry: LatencyHistogram;
  readonly sink: LatencyHistogram;
  readonly sendDelay: LatencyHistogram;
  /** By second, every second from the first planned to the last that anything ended in. */
  readonly seconds: readonly SecondMeasure[];
  readonly heat: LatencyHeat;
}

/**
 * What was measured of one phase. A histogram of a second in which requests of several phases ended counts for the phase that most of
 * them belong to.
 */
export interface PhaseMeasure {
  readonly plan: LoadPhase;
  readonly events: EventRange;
  readonly entry: LatencyHistogram;
  readonly service: LatencyHistogram;
  readonly sendDelay: LatencyHistogram;
  readonly sink: LatencyHistogram;
  /** Arrivals at the sink, those of which most belong to this phase. */
  readonly arrivals: readonly PhaseArrival[];
  /** Events of this phase whose answers are in the histogram of another, by the second in which they ended. */
  readonly spilled: readonly { readonly second: number; readonly events: number }[];
}

export interface PhaseArrival {
  readonly fact: LoadArrived;
  /** Events of this phase among those seen. */
  readonly events: number;
  /** Mean time from intended to the sink; null where the service does not say. */
  readonly meanLatencyMs: number | null;
}

interface SecondMeasure {
  readonly second: number;
  readonly sentRequests: number;
  readonly ackedEvents: number;
  readonly errorEvents: number;
  readonly inFlight: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

export function measureLoad(ledger: LoadLedger): LoadMeasures {
  const phases = ledger.phases.map((plan) => new Measuring(plan, ledger.spec.eventsPerRequest));
  const ranges = phases.map(({ events }) => events);
  const [entry, sendDelay, sink] = [new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram()];
  const heat = new HeatRows();
  const seconds: SecondMeasure[] = [];
  const inSecond = new LatencyHistogram();
  for (const facts of bySecond(ledger.seconds)) {
    inSecond.clear();
    let [ackedEvents, errorEvents] = [0, 0];
    for (const fact of facts) {
      const acked = countByPhase(fact.acked, ranges);
      const errors = sum(countByPhase(fact.rejected, ranges), countByPhase(fact.unknown, ranges));
      ackedEvents += total(acked);
      errorEvents += total(errors);
      const settled = sum(acked, errors);
      const phase = phases[mostOf(settled) ?? phaseAt(ledger.phases, fact.second)];
      addEncoded(fact.latency, [entry, inSecond, ...(phase === undefined ? [] : [phase.entry])]);
      addEncoded(fact.sendDelay, [sendDelay, ...(phase === undefined ? [] : [phase.sendDelay])]);
      if (phase !== undefined) addEncoded(fact.service, [phase.service]);
      for (const [index, events] of settled.entries())
        if (events > 0 && phases[index] !== phase) phases[index]?.spilled.push({ second: fact.second, events });
    }
    const second = facts[0]?.second ?? 0;
    heat.add(second, inSecond);
    seconds.push({
      second,
      sentRequests: facts.reduce((requests, fact) => requests + fact.sentRequests, 0),
      ackedEvents,
      errorEvents,
      inFlight: inFlightAt(facts),
      p50Ms: inSecond.percentileMs(50),
      p99Ms: inSecond.percentileMs(99),
    });
  }
  for (const fact of ledger.hops.get(sinkOf(ledger.scenario)?.name ?? "")?.arrivals ?? [])
    arrive(fact, phases, ranges, { sink, here: inSecond });
  return { phases, entry, sink, sendDelay, seconds, heat: heat.result() };
}

class Measuring implements PhaseMeasure {
  readonly plan: LoadPhase;
  readonly events: EventRange;
  readonly entry = new LatencyHistogram();
  readonly service = new LatencyHistogram();
  readonly sendDelay = new LatencyHistogram();
  readonly sink = new LatencyHistogram();
  readonly arrivals: PhaseArrival[] = [];
  readonly spilled: { readonly second: number; readonly events: number }[] = [];

  constructor(plan: LoadPhase, eventsPerRequest: number) {
    this.plan = plan;
    this.events = eventsOf(plan, eventsPerRequest);
  }
}

function arrive(
  fact: LoadArrived,
  phases: readonly Measuring[],
  ranges: readonly EventRange[],
  { sink, here }: { readonly sink: LatencyHistogram; readonly here: LatencyHistogram },
): void {
  const counts = countByPhase(fact.seen, ranges);
  const most = phases[mostOf(counts) ?? -1];
  here.clear();
  addEncoded(fact.latency, [here, sink, ...(most === undefined ? [] : [most.sink])]);
  const meanLatencyMs = here.meanMs();
  for (const [index, events] of counts.entries())
    if (events > 0) phases[index]?.arrivals.push({ fact, events, meanLatencyMs });
}

function* bySecond(facts: readonly LoadSecond[]): Generator<readonly LoadSecond[]> {
  let group: LoadSecond[] = [];
  for (const fact of facts) {
    if (group.length > 0 && group[0]?.second !== fact.second) {
      yield group;
      group = [];
    }
    group.push(fact);
  }
  if (group.length > 0) yield group;
}

/** A thread may write several facts of one second: the highest of them is what was under way at its end. */
function inFlightAt(facts: readonly LoadSecond[]): number {
  const byWorker = new Map<number, number>();
  for (const { worker, inFlight } of facts) byWorker.set(worker, Math.max(inFlight, byWorker.get(worker) ?? 0));
  return total([...byWorker.values()]);
}

/** The phase that is under way in a second in which nothing ended; -1 where none is. */
function phaseAt(phases: readonly LoadPhase[], second: number): number {
  const middleMs = second * 1000 + 500;
  return phases.findIndex(({ startMs, durationMs }) => startMs <= middleMs && middleMs < startMs + durationMs);
}

function sum(left: readonly number[], right: readonly number[]): number[] {
  return left.map((value, index) => value + (right[index] ?? 0));
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
