import { kindOf } from "../../model/hop.ts";
import type { Observation } from "../../model/observation.ts";
import type { Timeline } from "../../model/timeline.ts";
import { observe, PASS } from "../observe.ts";
import { sightingsAt, wasSent } from "../progress.ts";
import { someUnexpected } from "../shared-observations.ts";
import { describeReading, firstFew, tagsOf } from "../wording.ts";

/** `event.unexpected`: tags of this run and producer that were seen and never sent; passes where there are none. */
export function detectUnexpected(timeline: Timeline): Observation[] {
  const { strangers } = timeline;
  const first = timeline.hops.find((hop) => strangers.some((stranger) => sightingsAt(stranger, hop).length > 0));
  if (first === undefined) return noneUnexpected(timeline);
  const places = strangers
    .flatMap((stranger) => sightingsAt(stranger, first).map(({ place }) => `${stranger.tag}: ${place}`))
    .slice(0, 3);
  return [
    someUnexpected(timeline.scenario, {
      amount: strangers.length,
      at: first.hop.name,
      evidence: [`unexpected: ${firstFew(tagsOf(strangers))}`, ...places],
      tags: tagsOf(strangers),
    }),
  ];
}

/** Says so only where a hop was searched for tags: one that is looked up by key shows nothing but what it is asked for. */
function noneUnexpected(timeline: Timeline): Observation[] {
  const searched = timeline.hops.filter(({ hop, reading }) => kindOf(hop).isSearched && reading.kind === "read");
  if (searched.length === 0 || !timeline.events.some(wasSent)) return [];
  return [
    observe(timeline.scenario, {
      code: "event.unexpected",
      statement: `Nothing was seen at ${searched.map(({ hop }) => hop.name).join(", ")} that had not been sent.`,
      evidence: searched.map(describeReading),
      leaning: PASS,
    }),
  ];
}
