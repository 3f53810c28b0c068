import { EVENT_COUNTS, type EventCounts } from "../model/report.ts";
import type { Timeline } from "../model/timeline.ts";
import { duplicatedEvents } from "./detectors/duplicated.ts";
import { lostEvents } from "./detectors/lost.ts";
import { recoveredEvents } from "./detectors/recovered.ts";
import { reorderedEvents } from "./detectors/reordered.ts";
import { unaccountedEvents } from "./detectors/unaccounted.ts";
import { hasArrived, isAcked, isOpen, isRejected, sinkOf, wasSent } from "./progress.ts";

/** How many events of a scenario there were of each kind; an event counts in every kind that it belongs to. */
export function countEvents(timeline: Timeline): EventCounts {
  const { events, strangers } = timeline;
  const sink = sinkOf(timeline);
  return {
    intended: events.length,
    sent: events.filter(wasSent).length,
    acked: events.filter(isAcked).length,
    rejected: events.filter(isRejected).length,
    unknown: events.filter(isOpen).length,
    arrived: events.filter((event) => hasArrived(event, sink)).length,
    lost: lostEvents(timeline).length,
    unaccounted: unaccountedEvents(timeline).length,
    duplicated: duplicatedEvents(timeline).length,
    unexpected: strangers.length,
    recovered: recoveredEvents(timeline).length,
    outOfOrder: reorderedEvents(timeline).length,
  };
}

/** The counts of several scenarios together; they share no event. */
export function addCounts(counts: readonly EventCounts[]): EventCounts {
  const sum = {
    intended: 0,
    sent: 0,
    acked: 0,
    rejected: 0,
    unknown: 0,
    arrived: 0,
    lost: 0,
    unaccounted: 0,
    duplicated: 0,
    unexpected: 0,
    recovered: 0,
    outOfOrder: 0,
  };
  for (const one of counts) for (const name of EVENT_COUNTS) sum[name] += one[name];
  return sum;
}
