import type { Observation } from "../../model/observation.ts";
import type { Timeline } from "../../model/timeline.ts";
import { wasSent } from "../progress.ts";
import { count, firstFew, subjectOf, tagsOf, were } from "../wording.ts";

/** `event.unsent`: planned and never sent, in a run that ended by itself. */
export function detectUnsent(timeline: Timeline): Observation[] {
  const unsent = timeline.events.filter((event) => !wasSent(event));
  if (unsent.length === 0 || timeline.ending.kind !== "ended") return [];
  return [
    {
      code: "event.unsent",
      scenario: timeline.scenario.name,
      subject: subjectOf(timeline, timeline.hops[0]),
      statement: `${unsent.length} of ${count(timeline.events.length, "intended event")} ${were(unsent.length)} never sent.`,
      evidence: [`not sent: ${firstFew(tagsOf(unsent))}`],
      leaning: {
        verdict: "unknown",
        remedy:
          "The sender did not keep up or failed: see the other findings of this scenario, and run again with less load.",
      },
    },
  ];
}
