import type { Observation } from "../../model/observation.ts";
import type { Timeline } from "../../model/timeline.ts";
import { sightingsAt, wasSent } from "../progress.ts";
import { count, describeReading, firstFew, subjectOf, tagsOf, were } from "../wording.ts";

/** `event.unexpected`: tags of this run and producer that were seen and never sent; passes where there are none. */
export function detectUnexpected(timeline: Timeline): Observation[] {
  const { strangers } = timeline;
  const first = timeline.hops.find((hop) => strangers.some((stranger) => sightingsAt(stranger, hop).length > 0));
  if (first === undefined) return noneUnexpected(timeline);
  const places = strangers
    .flatMap((stranger) => sightingsAt(stranger, first).map(({ place }) => `${stranger.tag}: ${place}`))
    .slice(0, 3);
  return [
    {
      code: "event.unexpected",
      scenario: timeline.scenario.name,
      subject: subjectOf(timeline, first),
      statement: `${count(strangers.length, "event")} ${were(strangers.length)} seen and never sent, first at ${first.hop.name}.`,
      evidence: [`unexpected: ${firstFew(tagsOf(strangers))}`, ...places],
      leaning: {
        verdict: "by-policy",
        rule: "unexpected",
        remedy: "Find who else writes tags of this run: a second sender, or a journal that lost what was sent.",
        hop: first.hop.name,
        tags: tagsOf(strangers),
      },
    },
  ];
}

/** Says so only where a hop was searched for tags: one that is looked up by key shows nothing but what it is asked for. */
function noneUnexpected(timeline: Timeline): Observation[] {
  const searched = timeline.hops.filter(
    ({ hop, reading }) => (hop.kind === "stream" || hop.kind === "log") && reading.kind === "read",
  );
  if (searched.length === 0 || !timeline.events.some(wasSent)) return [];
  return [
    {
      code: "event.unexpected",
      scenario: timeline.scenario.name,
      subject: subjectOf(timeline),
      statement: `Nothing was seen at ${searched.map(({ hop }) => hop.name).join(", ")} that had not been sent.`,
      evidence: searched.map(describeReading),
      leaning: { verdict: "pass" },
    },
  ];
}
