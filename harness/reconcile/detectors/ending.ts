import type { FindingCode } from "../../model/finding-code.ts";
import type { Observation } from "../../model/observation.ts";
import type { Timeline } from "../../model/timeline.ts";
import { wasCutShort, wasSent } from "../progress.ts";
import { count, subjectOf } from "../wording.ts";

/** `scenario.empty`: nothing was even planned, so nothing is proven. */
export function detectEmpty(timeline: Timeline): Observation[] {
  if (timeline.events.length > 0) return [];
  return [
    unknown(
      timeline,
      "scenario.empty",
      "No event of this scenario was sent.",
      [],
      "See why the run did not come to it, and run again.",
    ),
  ];
}

/** `run.interrupted`: the run was stopped before this scenario was through. What was proven until then stays. */
export function detectInterrupted(timeline: Timeline): Observation[] {
  if (timeline.ending.kind !== "interrupted") return [];
  const left = whatIsLeft(timeline);
  if (left.length === 0) return [];
  const statement = `The run was stopped (${timeline.ending.signal}) before this scenario was through.`;
  return [unknown(timeline, "run.interrupted", statement, left, "Run again and let the run come to its end.")];
}

/** `run.truncated`: the journal ends before the run did, so more may have been seen than it says. */
export function detectTruncated(timeline: Timeline): Observation[] {
  if (timeline.ending.kind !== "truncated") return [];
  const statement = "The journal ends before the run did.";
  const left = whatIsLeft(timeline);
  return [unknown(timeline, "run.truncated", statement, left, "The run was killed or its disk was full: run again.")];
}

/** `harness.crashed`: a part of the harness failed; what it would have seen or judged is not known. */
export function detectCrashed(timeline: Timeline): Observation[] {
  return timeline.crashes.map(({ part, message }) =>
    unknown(
      timeline,
      "harness.crashed",
      `A part of the harness failed: ${part}.`,
      [message],
      "This is a defect of the harness: report it with the journal of this run.",
    ),
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

function unknown(
  timeline: Timeline,
  code: FindingCode,
  statement: string,
  evidence: readonly string[],
  remedy: string,
): Observation {
  const leaning = { verdict: "unknown", remedy } as const;
  return { code, scenario: timeline.scenario.name, subject: subjectOf(timeline), statement, evidence, leaning };
}
