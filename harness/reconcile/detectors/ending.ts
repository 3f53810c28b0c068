import type { Observation } from "../../model/observation.ts";
import type { Timeline } from "../../model/timeline.ts";
import { observe, unknown } from "../observe.ts";
import { wasCutShort, wasSent } from "../progress.ts";
import { nonePlanned, notThrough } from "../shared-observations.ts";
import { count } from "../wording.ts";

/** `scenario.empty`: nothing was even planned, so nothing is proven. */
export function detectEmpty({ events, scenario }: Timeline): Observation[] {
  return events.length > 0 ? [] : [nonePlanned(scenario)];
}

/**
 * `run.interrupted`: the run was stopped before this scenario was through. What was proven until then stays. `run.truncated`: the
 * journal ends before the run did, so more may have been seen than it says.
 */
export function detectNotThrough(timeline: Timeline): Observation[] {
  const left = whatIsLeft(timeline);
  return timeline.ending.kind === "interrupted" && left.length === 0 ? [] : notThrough(timeline, left);
}

/** `harness.crashed`: a part of the harness failed; what it would have seen or judged is not known. */
export function detectCrashed(timeline: Timeline): Observation[] {
  return timeline.crashes.map(({ part, message }) =>
    observe(timeline.scenario, {
      code: "harness.crashed",
      statement: `A part of the harness failed: ${part}.`,
      evidence: [message],
      leaning: unknown("This is a defect of the harness: report it with the journal of this run."),
    }),
  );
}

function whatIsLeft(timeline: Timeline): string[] {
  const unsent = timeline.events.filter((event) => !wasSent(event)).length;
  const unread = timeline.hops.filter((hop) => hop.hop.kind !== "entry" && wasCutShort(timeline, hop));
  return [
    ...(timeline.events.length === 0 ? ["no event had been planned yet"] : []),
    ...(unsent > 0 ? [`${count(unsent, "event")} of ${timeline.events.length} not sent yet`] : []),
    ...(unread.length > 0 ? [`not read to the end: ${unread.map(({ hop }) => hop.name).join(", ")}`] : []),
  ];
}
