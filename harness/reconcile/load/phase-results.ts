import type { PhaseResult } from "../../model/load-report.ts";
import { sinkOf } from "../../model/scenario.ts";
import { backlogGrowth } from "./backlog.ts";
import { judgePhase } from "./judge-phase.ts";
import type { EventSets } from "./load-counts.ts";
import type { LoadLedger } from "./load-ledger.ts";
import type { LoadMeasures, PhaseMeasure } from "./measure-load.ts";
import type { PhaseFigures } from "./phase-figures.ts";

/** How each phase went, in order. What was not measured is null; a phase is unknown where that matters. */
export function phaseResults(
  ledger: LoadLedger,
  measures: LoadMeasures,
  sets: EventSets,
  figuresOfPhases = phaseFigures(ledger, measures, sets),
): PhaseResult[] {
  return figuresOfPhases.map((figures) => {
    const { measure } = figures;
    const seconds = Math.max(measure.plan.durationMs, 1) / 1000;
    return {
      plan: measure.plan,
      sentEventsPerSecond: figures.sent / seconds,
      ackedEventsPerSecond: figures.acked / seconds,
      unsentEvents: figures.unsent,
      errorRatio: figures.errorRatio,
      entryP50Ms: measure.entry.percentileMs(50),
      entryP99Ms: figures.entryP99Ms,
      sinkP99Ms: figures.sinkP99Ms,
      backlogGrowthPerSecond: figures.growth?.perSecond ?? null,
      sendDelayP99Ms: figures.sendDelayP99Ms,
      ...judgePhase(figures, ledger),
    };
  });
}

/** The figures of each phase, in order. */
export function phaseFigures(ledger: LoadLedger, measures: LoadMeasures, sets: EventSets): PhaseFigures[] {
  return measures.phases.map((measure) => figuresOf(ledger, measure, sets));
}

function figuresOf(ledger: LoadLedger, measure: PhaseMeasure, sets: EventSets): PhaseFigures {
  const { from, until } = measure.events;
  const { fates, sent } = sets;
  const counted = sent.countBetween(from, until);
  const acked = ledger.outcomes.acked.countBetween(from, until);
  const [arrived, unaccounted] = [fates.arrived.countBetween(from, until), fates.unaccounted.countBetween(from, until)];
  const endsMs = measure.plan.startMs + measure.plan.durationMs;
  const isLate = (second: number): boolean => second * 1000 > endsMs + ledger.spec.policy.latencyP99Ms;
  return {
    measure,
    planned: until - from,
    sent: counted,
    acked,
    lost: fates.lost.countBetween(from, until),
    arrived,
    unaccounted,
    unsent: until - from - counted,
    errorRatio: counted === 0 ? 0 : (counted - acked) / counted,
    entryP99Ms: measure.entry.percentileMs(99),
    sinkP99Ms: p99WithMissing(measure, arrived, unaccounted),
    sendDelayP99Ms: measure.sendDelay.percentileMs(99),
    growth:
      sinkOf(ledger.scenario)?.kind === "entry"
        ? null
        : backlogGrowth(ledger, measure, sets.awaited, unaccounted === 0),
    iteratorAgeMs: iteratorAge(ledger, measure),
    lateEvents: measure.spilled.reduce((sum, { second, events }) => (isLate(second) ? sum + events : sum), 0),
  };
}

/** The 99th percentile of the events that arrived and of those that may still come, which are slower than any; null past them. */
function p99WithMissing({ sink }: PhaseMeasure, arrived: number, unaccounted: number): number | null {
  if (arrived === 0) return null;
  const percentile = (99 * (arrived + unaccounted)) / arrived;
  return percentile > 100 ? null : sink.percentileMs(percentile);
}

/** `IteratorAge` of the function, or `GetRecords.IteratorAgeMilliseconds` of the stream: the age of the last record read. */
function isIteratorAge(metric: string): boolean {
  return metric.includes("IteratorAge");
}

function iteratorAge({ metrics }: LoadLedger, { plan }: PhaseMeasure): number | null {
  let highest: number | null = null;
  for (const { metric, periodMs, datapoints } of metrics) {
    if (!isIteratorAge(metric)) continue;
    for (const { startMs, value } of datapoints) {
      // A datapoint counts for the phase that it lies in by more than half.
      const middleMs = startMs + periodMs / 2;
      const isInside = plan.startMs <= middleMs && middleMs < plan.startMs + plan.durationMs;
      if (isInside) highest = Math.max(highest ?? 0, value);
    }
  }
  return highest;
}
