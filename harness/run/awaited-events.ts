import type { EventTag } from "../model/event.ts";
import type { Fact } from "../model/fact.ts";
import type { Journal } from "../model/ports.ts";
import type { AwaitedEvents } from "../observe/awaited.ts";

/** A view of one scenario's sending, kept up by the facts that pass into the journal. */
export interface SendingView extends AwaitedEvents {
  /** A journal that passes facts on and keeps this view up to date. */
  readonly journal: Journal;
  /** To be called once the injector has ended: nothing more will be sent. */
  end(): void;
  /** Whether an event that was sent has not been seen at the last hop. */
  misses(sink: string): boolean;
}

type EventState = { readonly sizeBytes: number; readonly kind: "intended" | "open" | "acked" | "rejected" | "unknown" };

export function viewSending(journal: Journal): SendingView {
  const events = new Map<EventTag, EventState>();
  const seen = new Map<string, Set<EventTag>>();
  let settled = false;
  return {
    journal: {
      append(fact) {
        note(events, fact);
        if (fact.fact === "sighted") seen.set(fact.hop, (seen.get(fact.hop) ?? new Set()).add(fact.tag));
        journal.append(fact);
      },
    },
    end: () => {
      settled = true;
    },
    misses: (sink) => [...events].some(([tag, { kind }]) => kind !== "intended" && !seen.get(sink)?.has(tag)),
    sent: () => [...events].filter(([, { kind }]) => kind !== "intended").map(([tag]) => tag),
    isAwaited: (tag) => {
      const kind = events.get(tag)?.kind;
      return kind === "open" || kind === "acked" || kind === "unknown";
    },
    isSettled: () => settled,
    ackedSum: (counts) => {
      const acked = [...events.values()].filter(({ kind }) => kind === "acked");
      return counts === "events" ? acked.length : acked.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    },
  };
}

function note(events: Map<EventTag, EventState>, fact: Fact): void {
  if (fact.fact === "intended") events.set(fact.tag, { sizeBytes: fact.sizeBytes, kind: "intended" });
  const event = "tag" in fact ? events.get(fact.tag) : undefined;
  if (event === undefined || !("tag" in fact)) return;
  if (fact.fact === "sent") events.set(fact.tag, { ...event, kind: "open" });
  if (fact.fact === "answered") events.set(fact.tag, { ...event, kind: fact.outcome.kind });
}
