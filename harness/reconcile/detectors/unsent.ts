import type { Observation } from "../../model/observation.ts";
import type { Timeline } from "../../model/timeline.ts";
import { wasSent } from "../progress.ts";
import { someUnsent } from "../shared-observations.ts";
import { firstFew, tagsOf } from "../wording.ts";

/** `event.unsent`: planned and never sent, in a run that ended by itself. */
export function detectUnsent(timeline: Timeline): Observation[] {
  const unsent = timeline.events.filter((event) => !wasSent(event));
  if (unsent.length === 0 || timeline.ending.kind !== "ended") return [];
  return [
    someUnsent(timeline.scenario, {
      amount: unsent.length,
      at: timeline.scenario.hops[0].name,
      evidence: [`not sent: ${firstFew(tagsOf(unsent))}`],
      intended: timeline.events.length,
      remedy:
        "The sender did not keep up or failed: see the other findings of this scenario, and run again with less load.",
    }),
  ];
}
