import type { Observation } from "../../model/observation.ts";
import type { EventTimeline, Timeline } from "../../model/timeline.ts";
import { hasArrived, isOpen, sinkOf } from "../progress.ts";
import { someRecovered } from "../shared-observations.ts";
import { firstFew, tagsOf, tallyStatuses } from "../wording.ts";

/** Events that arrived although the entry's answer left open whether it had taken them. */
export function recoveredEvents(timeline: Timeline): EventTimeline[] {
  const sink = sinkOf(timeline);
  return timeline.events.filter((event) => isOpen(event) && hasArrived(event, sink));
}

/** `event.recovered`. */
export function detectRecovered(timeline: Timeline): Observation[] {
  const recovered = recoveredEvents(timeline);
  if (recovered.length === 0) return [];
  const evidence = [`recovered: ${firstFew(tagsOf(recovered))}`];
  const some = { amount: recovered.length, at: sinkOf(timeline)?.hop.name, evidence };
  return [someRecovered(timeline.scenario, some, tallyStatuses(recovered))];
}
