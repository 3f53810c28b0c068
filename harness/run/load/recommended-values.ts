import type { Fact, RunStarted } from "../../model/fact.ts";
import type { Scenario } from "../../model/scenario.ts";
import { accountOf } from "../../model/settings/account.ts";
import { placeOf } from "../../model/settings/place.ts";
import { buildTimelines, runEnding } from "../../reconcile/timeline.ts";
import type { KnobValues } from "../../sizing/knob-values.ts";
import { judgeLoads } from "../judge-load.ts";

/** What a load recommends to set, ready to be tried. */
export interface RecommendedValues {
  readonly scenario: Scenario;
  readonly targetEventsPerSecond: number;
  readonly values: KnobValues;
  /** Number of the next phase, and index of its first request. */
  readonly next: { readonly firstPhase: number; readonly firstRequest: number };
}

/** Every recommendation that the journal supports so far. */
export function recommendedValues(started: RunStarted, facts: readonly Fact[]): RecommendedValues[] {
  const account = accountOf(facts, placeOf(started.target));
  const timelines = buildTimelines(started, facts, runEnding(facts), account);
  return [...judgeLoads(started, facts, timelines, account).values()].flatMap(({ ledger, report, values }) => {
    const last = ledger.phases.at(-1);
    if (report.recommendation === null || values === null || last === undefined) return [];
    return [
      {
        scenario: ledger.scenario,
        targetEventsPerSecond: report.recommendation.targetEventsPerSecond,
        values,
        next: { firstPhase: last.phase + 1, firstRequest: last.firstRequest + last.requestCount },
      },
    ];
  });
}
