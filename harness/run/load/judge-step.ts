import type { Fact, RunStarted } from "../../model/fact.ts";
import { judgedStepOf } from "../../plan/rate-search/judged-step.ts";
import type { JudgedStep } from "../../plan/rate-search/step.ts";
import { buildLoadLedgers } from "../../reconcile/load/build-load-ledger.ts";
import { sortEvents } from "../../reconcile/load/load-counts.ts";
import { measureLoad } from "../../reconcile/load/measure-load.ts";
import { phaseResults } from "../../reconcile/load/phase-results.ts";
import { secondSeries } from "../../reconcile/load/series.ts";

/** Every step of a scenario's search so far, judged by the journal as it will be judged in the end. */
export function judgeSteps(started: RunStarted, facts: readonly Fact[], scenario: string): JudgedStep[] {
  const ledger = buildLoadLedgers(started, facts).find((one) => one.scenario.name === scenario);
  if (ledger === undefined) return [];
  const measures = measureLoad(ledger);
  const seconds = secondSeries(ledger, measures);
  return phaseResults(ledger, measures, sortEvents(ledger))
    .filter(({ plan }) => plan.purpose === "search" || plan.purpose === "confirm")
    .map((result) => judgedStepOf(result, seconds, ledger.spec.policy));
}
