import { kindOf, namesEvents } from "../model/hop.ts";
import type { EventTimeline, HopTimeline, Sighting, Timeline } from "../model/timeline.ts";

/** How far events came, and how far the observers looked. Every question that more than one detector asks is answered here. */

const NONE: readonly Sighting[] = [];

export function sightingsAt(
  event: { readonly sightings: EventTimeline["sightings"] },
  hop: HopTimeline,
): readonly Sighting[] {
  return event.sightings[hop.index] ?? NONE;
}

/** Hops that can name the events they saw, in order. */
export function namingHops(timeline: Timeline): HopTimeline[] {
  return timeline.hops.filter((hop) => namesEvents(hop.hop));
}

/** Where events must arrive: the last hop that can name them. */
export function sinkOf(timeline: Timeline): HopTimeline | undefined {
  return namingHops(timeline).at(-1);
}

export function wasSent(event: EventTimeline): boolean {
  return event.sentAtMs !== undefined;
}

export function isAcked(event: EventTimeline): boolean {
  return event.answer?.outcome.kind === "acked";
}

export function isRejected(event: EventTimeline): boolean {
  return event.answer?.outcome.kind === "rejected";
}

/** Sent, and whether it was taken is not known: answered in no definite way, or not at all. */
export function isOpen(event: EventTimeline): boolean {
  return wasSent(event) && !isAcked(event) && !isRejected(event);
}

/** The entry saw what it acked; every other hop what was sighted there. */
export function wasSeenAt(event: EventTimeline, hop: HopTimeline): boolean {
  if (hop.hop.kind === "entry" && isAcked(event)) return true;
  return sightingsAt(event, hop).length > 0;
}

/** Whether a sent event came out at the sink, whatever the entry had answered. */
export function hasArrived(event: EventTimeline, sink: HopTimeline | undefined): boolean {
  return sink !== undefined && wasSent(event) && wasSeenAt(event, sink);
}

/** Whether every hop should have seen it: the entry acked it, or it arrived although the entry's answer left that open. */
export function wasTaken(event: EventTimeline, sink: HopTimeline | undefined): boolean {
  return isAcked(event) || (isOpen(event) && hasArrived(event, sink));
}

/** Whether it was seen at any of the given hops. */
export function wasSeenAtAny(event: EventTimeline, hops: readonly HopTimeline[]): boolean {
  return hops.some((hop) => wasSeenAt(event, hop));
}

/** The furthest hop that saw an event; undefined where none did. */
export function lastSeenHop(event: EventTimeline, naming: readonly HopTimeline[]): HopTimeline | undefined {
  return naming.findLast((hop) => wasSeenAt(event, hop));
}

/**
 * Whether not having seen an event here proves that it did not come in time. Coverage until T says that whatever was at
 * the hop before T has been seen. So
 * - T must not lie before the event's answer: until then it may not have been taken;
 * - the hop's time must have been up: its observer says so, or T lies past the deadline, counted from the last planned send;
 * - the event must have had at least half of that time since it was really sent: one that the sender held back for longer
 *   is not judged.
 */
export function isCoveredPast(timeline: Timeline, hop: HopTimeline, event: EventTimeline): boolean {
  const { covered, reading } = hop;
  if (covered === undefined || event.answer === undefined || event.sentAtMs === undefined) return false;
  const waitMs = timeline.scenario.deadlines[kindOf(hop.hop).deadline];
  const isTimeUp =
    (reading.kind === "read" && reading.until === "deadline") || covered.untilMs >= timeline.lastIntendedMs + waitMs;
  return isTimeUp && covered.untilMs >= event.answer.doneAtMs && covered.untilMs >= event.sentAtMs + waitMs / 2;
}

/** Whether the reading of a hop was left off because the run stopped or its journal was cut. */
export function wasCutShort(timeline: Timeline, hop: HopTimeline): boolean {
  if (hop.reading.kind === "stopped") return true;
  return hop.reading.kind === "none" && timeline.ending.kind !== "ended";
}
