import { kindOf } from "../../model/hop.ts";
import type { Observation } from "../../model/observation.ts";
import type { EventTimeline, HopTimeline, Timeline } from "../../model/timeline.ts";
import { sightingsAt, wasSent } from "../progress.ts";
import { noneDuplicated, someDuplicated } from "../shared-observations.ts";
import { describeReading, firstFew, tagsOf } from "../wording.ts";

/** The first hop where a sent event was seen more than once; undefined where it was not. */
export function firstDuplicatingHop(timeline: Timeline, event: EventTimeline): HopTimeline | undefined {
  if (!wasSent(event)) return undefined;
  return timeline.hops.find((hop) => canShowDuplicates(hop) && sightingsAt(event, hop).length > 1);
}

export function duplicatedEvents(timeline: Timeline): EventTimeline[] {
  return timeline.events.filter((event) => firstDuplicatingHop(timeline, event) !== undefined);
}

/** `event.duplicated`: one observation for every hop that is the first to show events twice; passes where none does. */
export function detectDuplicated(timeline: Timeline): Observation[] {
  const groups = new Map<HopTimeline, EventTimeline[]>();
  for (const event of timeline.events) {
    const hop = firstDuplicatingHop(timeline, event);
    if (hop === undefined) continue;
    const group = groups.get(hop) ?? [];
    groups.set(hop, group);
    group.push(event);
  }
  if (groups.size === 0) return provenSingle(timeline);
  return [...groups]
    .sort(([left], [right]) => left.index - right.index)
    .map(([hop, events]) =>
      someDuplicated(timeline.scenario, {
        amount: events.length,
        at: hop.hop.name,
        evidence: [
          `duplicated: ${firstFew(tagsOf(events))}`,
          ...events.slice(0, 3).map((event) => timesSeen(event, hop)),
        ],
        tags: tagsOf(events),
      }),
    );
}

/** Says so only of hops that were read and that could have shown a duplicate. */
function provenSingle(timeline: Timeline): Observation[] {
  const sent = timeline.events.filter(wasSent);
  const hops = timeline.hops.filter(
    (hop) =>
      canShowDuplicates(hop) && hop.reading.kind === "read" && sent.some((event) => sightingsAt(event, hop).length > 0),
  );
  if (hops.length === 0) return [];
  const names = hops.map(({ hop }) => hop.name);
  return [noneDuplicated(timeline.scenario, sent.length, names, hops.map(describeReading))];
}

function canShowDuplicates({ hop }: HopTimeline): boolean {
  return kindOf(hop).showsDuplicates(hop);
}

function timesSeen(event: EventTimeline, hop: HopTimeline): string {
  const sightings = sightingsAt(event, hop);
  const occurrences = sightings.map(({ occurrence, place }) => `${occurrence} (${place})`);
  return `${event.tag} × ${sightings.length}: ${firstFew(occurrences, 3)}`;
}
