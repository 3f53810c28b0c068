import type { Observation } from "../../model/observation.ts";
import type { HopTimeline, Timeline } from "../../model/timeline.ts";
import { observe, unknown } from "../observe.ts";
import { namingHops, sinkOf, wasSeenAt, wasSeenAtAny, wasTaken } from "../progress.ts";
import { count, describeReading, firstFew, tagsOf, were } from "../wording.ts";

/** `hop.unseen`: a later hop saw an event, this one was read and did not: its evidence is late or gone, the event is not. */
export function detectUnseen(timeline: Timeline): Observation[] {
  const naming = namingHops(timeline);
  return naming.flatMap((hop) => (hop.hop.kind === "entry" || hop.reading.kind !== "read" ? [] : atHop(timeline, hop)));
}

function atHop(timeline: Timeline, hop: HopTimeline): Observation[] {
  const sink = sinkOf(timeline);
  const later = namingHops(timeline).filter((candidate) => candidate.index > hop.index);
  const taken = timeline.events.filter((event) => wasTaken(event, sink));
  const unseen = taken.filter((event) => !wasSeenAt(event, hop) && wasSeenAtAny(event, later));
  if (unseen.length === 0) return [];
  return [
    observe(timeline.scenario, {
      code: "hop.unseen",
      at: hop.hop.name,
      statement: `${unseen.length} of ${count(taken.length, "event")} ${were(unseen.length)} seen after ${hop.hop.name} but not there.`,
      evidence: [`not seen: ${firstFew(tagsOf(unseen))}`, describeReading(hop)],
      leaning: unknown(remedyOf(hop)),
    }),
  ];
}

function remedyOf({ hop }: HopTimeline): string {
  if (hop.kind === "log") {
    return `Logs come late: raise the deadline logsMs. If the lines never come, see whether the function writes the event's id to ${hop.logGroup}.`;
  }
  return `Run again; if it comes back, see whether ${hop.name} names the place that the events really pass.`;
}
