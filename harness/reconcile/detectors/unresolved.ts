import type { Observation } from "../../model/observation.ts";
import type { Timeline } from "../../model/timeline.ts";
import { observe, unknown } from "../observe.ts";
import { hasArrived, isOpen, lastSeenHop, namingHops, wasSent } from "../progress.ts";
import { count, describeAnswer, firstFew, tagsOf, tallyStatuses, were } from "../wording.ts";
import { keepsFailing } from "./entry-answers.ts";

/**
 * `event.unresolved`: sent, not definitely answered, and not seen at the sink. Nobody promised to take it, so it is no
 * loss; nor is it proven that it went through. Silent where the entry fails as a whole, which says it better.
 */
export function detectUnresolved(timeline: Timeline): Observation[] {
  const naming = namingHops(timeline);
  const sink = naming.at(-1);
  const open = timeline.events.filter((event) => isOpen(event) && !hasArrived(event, sink));
  const first = open[0];
  if (first === undefined || keepsFailing(timeline)) return [];
  const sent = timeline.events.filter(wasSent).length;
  const evidence = [`${first.tag} was answered with ${describeAnswer(first)}`, `open: ${firstFew(tagsOf(open))}`];
  for (const event of open.slice(0, 5)) {
    const lastSeen = lastSeenHop(event, naming);
    if (lastSeen !== undefined) evidence.push(`${event.tag} was seen as far as ${lastSeen.hop.name}`);
  }
  return [
    observe(timeline.scenario, {
      code: "event.unresolved",
      at: timeline.scenario.hops[0].name,
      statement: `${open.length} of ${count(sent, "sent event")} got no definite answer (${tallyStatuses(open)}) and ${were(open.length)} not seen at ${sink?.hop.name ?? "any hop"}; whether the entry took ${open.length === 1 ? "it" : "them"} is not known.`,
      evidence,
      leaning: unknown(
        "Run again; where the entry is slow, raise the deadline requestMs. If it comes back, look at the entry's own logs.",
      ),
    }),
  ];
}
