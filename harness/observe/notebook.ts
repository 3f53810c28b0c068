import type { EventTag } from "../model/event.ts";
import type { Sighted } from "../model/fact.ts";
import type { ObserveTask, ObserveTools } from "./observer.ts";

/** What one observer has seen so far; writes each new thing into the journal. */
export interface Notebook {
  /** Notes a sighting. The same occurrence of an event is journalled once. */
  sighted(sighting: Pick<Sighted, "tag" | "occurrence" | "seenAtMs" | "place">): void;
  /** Notes that everything at this hop before `untilMs` has been seen. */
  covered(untilMs: number, how: string): void;
  hasSeen(tag: EventTag): boolean;
  /** Whether everything that is awaited has been seen and nothing more will be sent. */
  isComplete(): boolean;
}

export function openNotebook(
  { scenario, hop, awaited }: Pick<ObserveTask, "scenario" | "hop" | "awaited">,
  { journal, clock }: Pick<ObserveTools, "journal" | "clock">,
): Notebook {
  const seen = new Map<EventTag, Set<string>>();
  const about = { scenario: scenario.name, hop: hop.name };
  return {
    sighted(sighting) {
      const occurrences = seen.get(sighting.tag) ?? new Set();
      if (occurrences.has(sighting.occurrence)) return;
      seen.set(sighting.tag, occurrences.add(sighting.occurrence));
      journal.append({ fact: "sighted", atMs: clock.nowMs(), ...about, ...sighting });
    },
    covered(untilMs, how) {
      journal.append({ fact: "covered", atMs: clock.nowMs(), ...about, untilMs, how });
    },
    hasSeen: (tag) => seen.has(tag),
    isComplete: () => awaited.isSettled() && awaited.sent().every((tag) => seen.has(tag) || !awaited.isAwaited(tag)),
  };
}
