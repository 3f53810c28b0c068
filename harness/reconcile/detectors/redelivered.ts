import type { Observation } from "../../model/observation.ts";
import type { EventTimeline, HopTimeline, Timeline } from "../../model/timeline.ts";
import { observe, PASS } from "../observe.ts";
import { sightingsAt, wasSent } from "../progress.ts";
import { count, firstFew, tagsOf } from "../wording.ts";
import { firstDuplicatingHop } from "./duplicated.ts";

/**
 * `event.redelivered`: some events left more lines in a log than the others. A function that is given an event again
 * writes its lines again; but a line about an error looks the same, so this is reported and never judged. What a duplicate
 * at a stream or a sink explains is left out.
 */
export function detectRedelivered(timeline: Timeline): Observation[] {
  return timeline.hops.flatMap((hop) => (hop.hop.kind === "log" ? inLog(timeline, hop) : []));
}

function inLog(timeline: Timeline, hop: HopTimeline): Observation[] {
  const seen = timeline.events.filter((event) => wasSent(event) && linesOf(event, hop) > 0);
  const usual = seen.reduce((fewest, event) => Math.min(fewest, linesOf(event, hop)), Number.POSITIVE_INFINITY);
  const redelivered = seen.filter(
    (event) => linesOf(event, hop) > usual && firstDuplicatingHop(timeline, event) === undefined,
  );
  if (redelivered.length === 0) return [];
  return [
    observe(timeline.scenario, {
      code: "event.redelivered",
      at: hop.hop.name,
      statement: `${count(redelivered.length, "event")} left more lines at ${hop.hop.name} than the usual ${usual}: the function may have been given ${redelivered.length === 1 ? "it" : "them"} again.`,
      evidence: [
        `redelivered: ${firstFew(tagsOf(redelivered))}`,
        ...redelivered.slice(0, 3).map((event) => `${event.tag}: ${count(linesOf(event, hop), "line")}`),
      ],
      leaning: PASS,
    }),
  ];
}

function linesOf(event: EventTimeline, hop: HopTimeline): number {
  return sightingsAt(event, hop).length;
}
