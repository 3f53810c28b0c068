import { namesEvents } from "../../model/hop.ts";
import type { Observation } from "../../model/observation.ts";
import type { EventTimeline, HopTimeline, Timeline } from "../../model/timeline.ts";
import { describeMetric, measure } from "../metric-rise.ts";
import {
  hasArrived,
  isAcked,
  isCoveredPast,
  lastSeenHop,
  namingHops,
  sightingsAt,
  sinkOf,
  wasSeenAt,
} from "../progress.ts";
import { noneLost, someLost } from "../shared-observations.ts";
import { count, describeAnswer, describeReading, firstFew, tagsOf, tallyStatuses } from "../wording.ts";

/** Events that went missing at the same place. */
export interface LossGroup {
  /** The first hop that was read and did not see them. */
  readonly hop: HopTimeline;
  /** The hop that saw them last, the earliest of several; undefined where none did. */
  readonly lastSeen: HopTimeline | undefined;
  readonly events: readonly EventTimeline[];
}

/** Acked, never seen at the sink, and the sink was read past their place and its deadline. */
export function isLost(timeline: Timeline, event: EventTimeline, sink: HopTimeline | undefined): boolean {
  return sink !== undefined && isAcked(event) && !hasArrived(event, sink) && isCoveredPast(timeline, sink, event);
}

export function lostEvents(timeline: Timeline): EventTimeline[] {
  const sink = sinkOf(timeline);
  return timeline.events.filter((event) => isLost(timeline, event, sink));
}

/**
 * Lost events by the first hop that did not see them. A hop that could not be read is passed over: that it did not see
 * an event says nothing. The sink was read, or nothing would be lost, so there is always one.
 */
export function groupLosses(timeline: Timeline): LossGroup[] {
  const naming = namingHops(timeline);
  const sink = naming.at(-1);
  const groups = new Map<number, { hop: HopTimeline; lastSeen: HopTimeline | undefined; events: EventTimeline[] }>();
  if (sink === undefined) return [];
  for (const event of lostEvents(timeline)) {
    const lastSeen = lastSeenHop(event, naming);
    const hop = naming.find((candidate) => candidate.index > indexOf(lastSeen) && wasRead(candidate)) ?? sink;
    const group = groups.get(hop.index) ?? { hop, lastSeen, events: [] };
    groups.set(hop.index, group);
    group.events.push(event);
    if (indexOf(lastSeen) < indexOf(group.lastSeen)) group.lastSeen = lastSeen;
  }
  return [...groups.values()].sort((left, right) => left.hop.index - right.hop.index);
}

function indexOf(hop: HopTimeline | undefined): number {
  return hop?.index ?? -1;
}

function wasRead(hop: HopTimeline): boolean {
  return hop.reading.kind === "read";
}

/** `event.lost`: one observation for every first hop that did not see what the entry had acked; passes where all arrived. */
export function detectLost(timeline: Timeline): Observation[] {
  const acked = timeline.events.filter(isAcked);
  const sink = sinkOf(timeline);
  if (sink !== undefined && acked.length > 0 && acked.every((event) => hasArrived(event, sink))) {
    return [noneLost(timeline.scenario, sink.hop.name, acked.length)];
  }
  return groupLosses(timeline).map((group) =>
    someLost(timeline.scenario, {
      amount: group.events.length,
      at: group.hop.hop.name,
      evidence: evidenceOf(timeline, group, acked),
      tags: tagsOf(group.events),
      acked: acked.length,
      isSink: group.hop.index === sink?.index,
      lastSeen: group.lastSeen?.hop.name,
      answers: tallyStatuses(group.events),
    }),
  );
}

function evidenceOf(timeline: Timeline, group: LossGroup, acked: readonly EventTimeline[]): string[] {
  const naming = namingHops(timeline);
  const sink = naming.at(-1);
  const evidence = [`lost: ${firstFew(tagsOf(group.events))}`];
  const first = group.events[0];
  if (first !== undefined) {
    evidence.push(`the entry answered ${first.tag} with ${describeAnswer(first)}`);
    const place = group.lastSeen === undefined ? undefined : sightingsAt(first, group.lastSeen)[0]?.place;
    if (place !== undefined) evidence.push(`${first.tag} was last seen at ${group.lastSeen?.hop.name}: ${place}`);
  }
  const perHop = naming.map((hop) => `${hop.hop.name} ${acked.filter((event) => wasSeenAt(event, hop)).length}`);
  evidence.push(`of ${count(acked.length, "acked event")} seen: ${perHop.join(", ")}`);
  for (const hop of timeline.hops) {
    if (!namesEvents(hop.hop)) evidence.push(describeMetric(hop, measure(timeline, hop)));
    else if (hop.index > indexOf(group.lastSeen) && !wasRead(hop)) evidence.push(describeReading(hop));
  }
  if (sink?.covered !== undefined) evidence.push(`${sink.hop.name} was read past the deadline: ${sink.covered.how}`);
  return evidence;
}
