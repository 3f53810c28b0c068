import type { Observation } from "../../model/observation.ts";
import type { EventTimeline, HopTimeline, Timeline } from "../../model/timeline.ts";
import { hasArrived, isAcked, lastSeenHop, namingHops, sinkOf, wasCutShort } from "../progress.ts";
import { count, describeReading, firstFew, subjectOf, tagsOf, were } from "../wording.ts";
import { isLost } from "./lost.ts";

/** Acked, neither seen at the sink nor lost. */
export function unaccountedEvents(timeline: Timeline): EventTimeline[] {
  const sink = sinkOf(timeline);
  if (sink === undefined) return [];
  return timeline.events.filter(
    (event) => isAcked(event) && !hasArrived(event, sink) && !isLost(timeline, event, sink),
  );
}

/** `event.unaccounted`: acked and not seen at the sink, and nobody read the sink far enough to call that a loss. */
export function detectUnaccounted(timeline: Timeline): Observation[] {
  const naming = namingHops(timeline);
  const sink = naming.at(-1);
  if (sink === undefined) return [];
  const missing = unaccountedEvents(timeline);
  const first = missing[0];
  if (first === undefined) return [];
  const lastSeen = lastSeenHop(first, naming);
  return [
    {
      code: "event.unaccounted",
      scenario: timeline.scenario.name,
      subject: subjectOf(timeline, sink),
      statement: `${missing.length} of ${count(timeline.events.filter(isAcked).length, "acked event")} ${were(missing.length)} not seen at ${sink.hop.name}, and it was not read far enough to know that they are lost.`,
      evidence: [
        `not seen: ${firstFew(tagsOf(missing))}`,
        `${first.tag} was last seen at ${lastSeen?.hop.name ?? "no hop"}`,
        describeReading(sink),
        sink.covered === undefined
          ? `no read of ${sink.hop.name} covers the time after its deadline`
          : `the last read of ${sink.hop.name} that is complete ends before its deadline (${sink.covered.how})`,
      ],
      leaning: { verdict: "unknown", remedy: remedyOf(timeline, sink) },
    },
  ];
}

function remedyOf(timeline: Timeline, sink: HopTimeline): string {
  if (wasCutShort(timeline, sink)) return "Run again and let the run come to its end.";
  if (sink.reading.kind === "failed")
    return `Make ${sink.hop.name} readable (${sink.reading.error.operation}) and run again.`;
  return `Run again; where ${sink.hop.name} is slow, raise the deadline eventsMs of ${timeline.scenario.name}.`;
}
