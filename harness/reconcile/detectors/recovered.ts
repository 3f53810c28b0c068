import type { Observation } from "../../model/observation.ts";
import type { EventTimeline, Timeline } from "../../model/timeline.ts";
import { hasArrived, isOpen, sinkOf } from "../progress.ts";
import { count, firstFew, subjectOf, tagsOf, tallyStatuses } from "../wording.ts";

/** Events that arrived although the entry's answer left open whether it had taken them. */
export function recoveredEvents(timeline: Timeline): EventTimeline[] {
  const sink = sinkOf(timeline);
  return timeline.events.filter((event) => isOpen(event) && hasArrived(event, sink));
}

/** `event.recovered`. */
export function detectRecovered(timeline: Timeline): Observation[] {
  const recovered = recoveredEvents(timeline);
  if (recovered.length === 0) return [];
  return [
    {
      code: "event.recovered",
      scenario: timeline.scenario.name,
      subject: subjectOf(timeline, sinkOf(timeline)),
      statement: `${count(recovered.length, "event")} without a definite answer (${tallyStatuses(recovered)}) arrived all the same.`,
      evidence: [`recovered: ${firstFew(tagsOf(recovered))}`],
      leaning: { verdict: "pass" },
    },
  ];
}
