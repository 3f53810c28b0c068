import { type EventIdentity, type EventTag, parseTag } from "../model/event.ts";
import type { Answered, Intended, Sent, Sighted } from "../model/fact.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Answer, EventTimeline, Sighting, Stranger } from "../model/timeline.ts";

interface Entry {
  readonly tag: EventTag;
  /** Undefined where the text is no tag. */
  readonly identity: EventIdentity | undefined;
  intendedAtMs: number | undefined;
  sizeBytes: number;
  sentAtMs: number | undefined;
  answer: Answer | undefined;
  /** Per hop index, as they came; a hole where there are none, for most events of a run have one at most. */
  readonly sightings: Sighting[][];
}

/**
 * Gathers the facts about the events of one scenario. Each fact may come in any order and any number of times: times merge
 * to the earliest, answers to the one that promises most, sightings by their occurrence.
 */
export class EventLedger {
  readonly #entries = new Map<EventTag, Entry>();
  readonly #hopCount: number;

  constructor(hopCount: number) {
    this.#hopCount = hopCount;
  }

  intend(fact: Intended): void {
    const entry = this.#entry(fact.tag);
    entry.intendedAtMs = earliest(entry.intendedAtMs, fact.intendedAtMs);
    entry.sizeBytes = Math.max(entry.sizeBytes, fact.sizeBytes);
  }

  send(fact: Sent): void {
    const entry = this.#entry(fact.tag);
    entry.sentAtMs = earliest(entry.sentAtMs, fact.sentAtMs);
  }

  answer(fact: Answered): void {
    const entry = this.#entry(fact.tag);
    entry.answer = strongest(entry.answer, { doneAtMs: fact.doneAtMs, outcome: fact.outcome });
  }

  /** A sighting at a hop that the scenario does not have (`undefined`) says nothing. */
  sight(fact: Sighted, hopIndex: number | undefined): void {
    if (hopIndex === undefined) return;
    const { sightings } = this.#entry(fact.tag);
    const known = sightings[hopIndex];
    if (known === undefined) sightings[hopIndex] = [fact];
    else known.push(fact);
  }

  /** Every event that was intended or sent, by sequence. */
  events(): EventTimeline[] {
    return this.#sorted(isKnown).map((entry) => {
      const sentAtMs = entry.sentAtMs ?? entry.answer?.doneAtMs;
      return {
        tag: entry.tag,
        sequence: sequenceOf(entry),
        sizeBytes: entry.sizeBytes,
        intendedAtMs: entry.intendedAtMs ?? sentAtMs ?? 0,
        sentAtMs,
        answer: entry.answer,
        sightings: this.#distinct(entry),
      };
    });
  }

  /** Tags of this run and producer that were seen and never sent; tags of others are none of this scenario's business. */
  strangers(runId: string, producer: string): Stranger[] {
    const isStranger = (entry: Entry): boolean => {
      if (wasSent(entry) || entry.sightings.length === 0) return false;
      return entry.identity?.runId === runId && entry.identity.producer === producer;
    };
    return this.#sorted(isStranger).map((entry) => ({ tag: entry.tag, sightings: this.#distinct(entry) }));
  }

  #sorted(keep: (entry: Entry) => boolean): Entry[] {
    return [...this.#entries.values()].filter(keep).sort(bySequence);
  }

  #distinct({ sightings }: Entry): (readonly Sighting[])[] {
    const perHop: (readonly Sighting[])[] = [];
    for (let hopIndex = 0; hopIndex < this.#hopCount; hopIndex++) perHop.push(distinct(sightings[hopIndex] ?? NONE));
    return perHop;
  }

  #entry(tag: EventTag): Entry {
    const known = this.#entries.get(tag);
    if (known !== undefined) return known;
    const entry: Entry = {
      tag,
      identity: parseTag(tag),
      intendedAtMs: undefined,
      sizeBytes: 0,
      sentAtMs: undefined,
      answer: undefined,
      sightings: [],
    };
    this.#entries.set(tag, entry);
    return entry;
  }
}

const NONE: readonly Sighting[] = [];

function wasSent(entry: Entry): boolean {
  return entry.sentAtMs !== undefined || entry.answer !== undefined;
}

function isKnown(entry: Entry): boolean {
  return entry.intendedAtMs !== undefined || wasSent(entry);
}

function sequenceOf({ identity }: Entry): number {
  return identity?.sequence ?? Number.MAX_SAFE_INTEGER;
}

function bySequence(left: Entry, right: Entry): number {
  return sequenceOf(left) - sequenceOf(right) || compareText(left.tag, right.tag);
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function earliest(known: number | undefined, candidate: number): number {
  return known === undefined ? candidate : Math.min(known, candidate);
}

/** An ack is a promise whatever else was answered; an unknown leaves open what a rejection would rule out. */
const STRENGTH: Readonly<Record<Outcome["kind"], number>> = { acked: 2, unknown: 1, rejected: 0 };

/** Between answers of one kind the later counts: absence is judged from it, and later is the careful side. */
function strongest(known: Answer | undefined, candidate: Answer): Answer {
  if (known === undefined) return candidate;
  const order =
    STRENGTH[candidate.outcome.kind] - STRENGTH[known.outcome.kind] ||
    candidate.doneAtMs - known.doneAtMs ||
    compareText(candidate.outcome.answer, known.outcome.answer);
  return order > 0 ? candidate : known;
}

/** One sighting per occurrence, with its earliest time; first seen first. */
function distinct(sightings: readonly Sighting[]): readonly Sighting[] {
  if (sightings.length < 2) return sightings;
  const byOccurrence = new Map<string, Sighting>();
  for (const sighting of sightings) {
    const known = byOccurrence.get(sighting.occurrence);
    if (known === undefined || compareSightings(sighting, known) < 0) byOccurrence.set(sighting.occurrence, sighting);
  }
  return [...byOccurrence.values()].sort(compareSightings);
}

function compareSightings(left: Sighting, right: Sighting): number {
  return (
    left.seenAtMs - right.seenAtMs ||
    compareText(left.occurrence, right.occurrence) ||
    compareText(left.place, right.place)
  );
}
