import type { Observation } from "../../model/observation.ts";
import type { ReadError } from "../../model/read-error.ts";
import type { EventTimeline, HopTimeline, Timeline } from "../../model/timeline.ts";
import { hasArrived, isAcked, lastSeenHop, namingHops, sinkOf, wasCutShort } from "../progress.ts";
import { someUnaccounted } from "../shared-observations.ts";
import { describeReading, firstFew, tagsOf } from "../wording.ts";
import { isLost } from "./lost.ts";

/** Acked, neither seen at the sink nor lost. */
export function unaccountedEvents(timeline: Timeline): EventTimeline[] {
  const sink = sinkOf(timeline);
  if (sink === undefined) return [];
  return timeline.events.filter(
    (event) => isAcked(event) && !hasArrived(event, sink) && !isLost(timeline, event, sink),
  );
}

/** `event.unaccounted`: acked and not seen at the sink, and the sink was not read far enough to call that a loss. */
export function detectUnaccounted(timeline: Timeline): Observation[] {
  const naming = namingHops(timeline);
  const sink = naming.at(-1);
  if (sink === undefined) return [];
  const missing = unaccountedEvents(timeline);
  const first = missing[0];
  if (first === undefined) return [];
  const lastSeen = lastSeenHop(first, naming);
  return [
    someUnaccounted(timeline.scenario, {
      amount: missing.length,
      at: sink.hop.name,
      acked: timeline.events.filter(isAcked).length,
      evidence: [
        `not seen: ${firstFew(tagsOf(missing))}`,
        `${first.tag} was last seen at ${lastSeen?.hop.name ?? "no hop"}`,
        describeReading(sink),
        sink.covered === undefined
          ? `no read of ${sink.hop.name} covers the time after its deadline`
          : `the last read of ${sink.hop.name} that is complete ends before its deadline (${sink.covered.how})`,
      ],
      because: whyUnread(timeline, sink),
    }),
  ];
}

function whyUnread(timeline: Timeline, sink: HopTimeline): "stopped" | "slow" | ReadError {
  if (wasCutShort(timeline, sink)) return "stopped";
  return sink.reading.kind === "failed" ? sink.reading.error : "slow";
}
