import type { Fact } from "../../model/fact.ts";
import type { FindingCode } from "../../model/finding-code.ts";
import type { Observation } from "../../model/observation.ts";
import { accountOf } from "../../model/settings/account.ts";
import { placeOf } from "../../model/settings/place.ts";
import type { Timeline } from "../../model/timeline.ts";
import { detect } from "../detect.ts";
import { buildTimelines, runEnding } from "../timeline.ts";

/** For tests: the timeline of a history's only scenario. */
export function timelineOf(facts: readonly Fact[]): Timeline {
  const started = facts.find((fact) => fact.fact === "run-started");
  if (started === undefined) throw new Error("the history has no start");
  const account = accountOf(facts, placeOf(started.target));
  const timeline = buildTimelines(started, facts, runEnding(facts), account)[0];
  if (timeline === undefined) throw new Error("the history has no scenario");
  return timeline;
}

/** For tests: what the detectors say of a history under one code. */
export function observed(facts: readonly Fact[], code: FindingCode): Observation[] {
  return detect(timelineOf(facts)).filter((observation) => observation.code === code);
}

/** For tests: every code that does not pass, with its subject, `event.lost fail alb-to-table / stream`. */
export function problems(facts: readonly Fact[]): string[] {
  return detect(timelineOf(facts))
    .filter(({ leaning }) => leaning.verdict !== "pass")
    .map(({ code, leaning, subject }) => `${code} ${leaning.verdict} ${subject}`);
}
