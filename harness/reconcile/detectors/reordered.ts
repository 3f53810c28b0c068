import type { Observation } from "../../model/observation.ts";
import type { EventTimeline, HopTimeline, Timeline } from "../../model/timeline.ts";
import { isAcked, sightingsAt } from "../progress.ts";
import { someReordered } from "../shared-observations.ts";
import { firstFew, tagsOf } from "../wording.ts";

/**
 * Events that reached the stream before another that had been acked before they were sent. Events whose requests overlap
 * have no order to keep, so they never count. Empty where no hop is a stream.
 */
export function reorderedEvents(timeline: Timeline): EventTimeline[] {
  const stream = streamOf(timeline);
  if (stream === undefined) return [];
  const seen = timeline.events.filter((event) => event.sentAtMs !== undefined && sightingsAt(event, stream).length > 0);
  const bySent = [...seen].sort((left, right) => sentAt(left) - sentAt(right));
  const byDone = seen.filter(isAcked).sort((left, right) => doneAt(left) - doneAt(right));
  const reordered: EventTimeline[] = [];
  let next = 0;
  let latestArrivalMs = Number.NEGATIVE_INFINITY;
  for (const event of bySent) {
    for (; next < byDone.length; next++) {
      const earlier = byDone[next];
      if (earlier === undefined || doneAt(earlier) >= sentAt(event)) break;
      latestArrivalMs = Math.max(latestArrivalMs, arrivedAt(earlier, stream));
    }
    if (arrivedAt(event, stream) < latestArrivalMs) reordered.push(event);
  }
  return reordered.sort((left, right) => left.sequence - right.sequence);
}

/** `event.reordered`: reported, never judged: a stream keeps order within a partition key only, and resending breaks even that. */
export function detectReordered(timeline: Timeline): Observation[] {
  const reordered = reorderedEvents(timeline);
  const stream = streamOf(timeline);
  if (reordered.length === 0 || stream === undefined) return [];
  const evidence = [`out of order: ${firstFew(tagsOf(reordered))}`];
  return [someReordered(timeline.scenario, { amount: reordered.length, at: stream.hop.name, evidence })];
}

function streamOf(timeline: Timeline): HopTimeline | undefined {
  return timeline.hops.find((hop) => hop.hop.kind === "stream");
}

function sentAt(event: EventTimeline): number {
  return event.sentAtMs ?? Number.POSITIVE_INFINITY;
}

function doneAt(event: EventTimeline): number {
  return event.answer?.doneAtMs ?? Number.POSITIVE_INFINITY;
}

/** The first occurrence counts: a later one is a duplicate. */
function arrivedAt(event: EventTimeline, stream: HopTimeline): number {
  return sightingsAt(event, stream)[0]?.seenAtMs ?? Number.POSITIVE_INFINITY;
}
