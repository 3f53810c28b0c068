import { diagnose } from "../diagnose/diagnose.ts";
import { explainLoad } from "../diagnose/load/explain-load.ts";
import type { Fact, RunStarted } from "../model/fact.ts";
import type { Finding } from "../model/finding.ts";
import type { LoadSaturated, SaturationFigures } from "../model/load-fact.ts";
import type { LoadReport } from "../model/load-report.ts";
import type { Diagnosis, Failure } from "../model/observation.ts";
import type { EventCounts, ScenarioResult } from "../model/report.ts";
import { sinkOf } from "../model/scenario.ts";
import type { Account } from "../model/settings/account.ts";
import type { Timeline } from "../model/timeline.ts";
import { scenarioVerdict } from "../policy/verdicts.ts";
import { buildLoadLedgers } from "../reconcile/load/build-load-ledger.ts";
import { tellCleanup } from "../reconcile/load/cleanup.ts";
import { detectLoad } from "../reconcile/load/detect-load.ts";
import { countLoad, type EventSets, sortEvents } from "../reconcile/load/load-counts.ts";
import { loadHopResults } from "../reconcile/load/load-hop-results.ts";
import { loadLatency } from "../reconcile/load/load-latency.ts";
import type { LoadLedger } from "../reconcile/load/load-ledger.ts";
import { type LoadMeasures, measureLoad } from "../reconcile/load/measure-load.ts";
import { percentileCurve } from "../reconcile/load/percentile-curve.ts";
import { phaseFigures, phaseResults } from "../reconcile/load/phase-results.ts";
import { metricSeries, secondSeries } from "../reconcile/load/series.ts";
import { type JudgedScenario, judgeObservation } from "./judge-scenario.ts";
import { concludeLoad, type LoadConclusion } from "./load-capacity.ts";

/** One loaded scenario: judged as any other, and what its load showed. */
export interface JudgedLoad extends JudgedScenario {
  readonly ledger: LoadLedger;
  readonly sets: EventSets;
  readonly counts: EventCounts;
  readonly measures: LoadMeasures;
  readonly report: LoadReport;
  /** The values that the recommendation sets, for a twin that tries them; null where there is none. */
  readonly values: LoadConclusion["values"];
}

/** Every scenario of the run that its `loads` name, in the order of `timelines`; the same whatever the order of the facts. */
export function judgeLoads(
  started: RunStarted,
  facts: readonly Fact[],
  timelines: readonly Timeline[],
  account: Account,
): ReadonlyMap<string, JudgedLoad> {
  const byName = new Map(timelines.map((timeline) => [timeline.scenario.name, timeline]));
  const judged = buildLoadLedgers(started, facts).flatMap((ledger) => {
    const timeline = byName.get(ledger.scenario.name);
    return timeline === undefined ? [] : [judgeLoad(ledger, timeline, started, account)];
  });
  return new Map(judged.map((one) => [one.ledger.scenario.name, one]));
}

function judgeLoad(ledger: LoadLedger, timeline: Timeline, started: RunStarted, account: Account): JudgedLoad {
  const sets = sortEvents(ledger);
  const counts = countLoad(ledger, sets);
  const measures = measureLoad(ledger);
  const figures = phaseFigures(ledger, measures, sets);
  const phases = phaseResults(ledger, measures, sets, figures);
  const seconds = secondSeries(ledger, measures);
  const { capacity, bottleneck, recommendation, values } = concludeLoad({
    started,
    account,
    ledger,
    sets,
    phases,
    seconds,
  });
  const { scenario } = ledger;
  const way = { sink: sinkOf(scenario)?.name ?? "entry", hasStream: scenario.roles.stream !== undefined };
  const explainFailure = (failure: Failure): Diagnosis =>
    explainLoad(failure, bottleneck, way) ?? diagnose(failure, timeline);
  const findings = detectLoad({ ledger, sets, counts, measures, figures, phases, capacity, timeline }).map(
    (observation) => judgeObservation(observation, ledger.scenario, explainFailure, started.identityError),
  );
  const report: LoadReport = {
    scenario: ledger.scenario.name,
    spec: ledger.spec,
    phases,
    seconds,
    metrics: metricSeries(ledger),
    entryLatency: percentileCurve(measures.entry),
    sinkLatency: percentileCurve(measures.sink),
    heat: measures.heat,
    capacity,
    recommendation,
    cleanup: tellCleanup(ledger),
    ...(ledger.saturation === undefined ? {} : { saturation: saturationFigures(ledger.saturation) }),
  };
  return { timeline, findings, ledger, sets, counts, measures, report, values };
}

function saturationFigures({ fact: _, atMs: __, scenario: ___, ...figures }: LoadSaturated): SaturationFigures {
  return figures;
}

/** A loaded scenario's part of the report; `findings` are those that the run was asked for. */
export function loadResultOf(judged: JudgedLoad, findings: readonly Finding[]): ScenarioResult {
  const { ledger, sets, counts, measures, timeline } = judged;
  const { name, sentence } = ledger.scenario;
  const loadMs = Math.max(0, ledger.lastMs - ledger.firstMs);
  return {
    name,
    sentence,
    verdict: scenarioVerdict(name, findings),
    durationMs: Number.isFinite(loadMs) ? Math.max(loadMs, timeline.durationMs) : timeline.durationMs,
    events: counts,
    hops: loadHopResults(ledger, sets),
    latency: loadLatency([{ ledger, measures }]),
  };
}
