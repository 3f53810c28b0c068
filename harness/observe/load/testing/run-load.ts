import { decodeFromCompressedBase64, type Histogram } from "hdr-histogram-js";
import type { EncodedSet } from "../../../model/encoded-set.ts";
import type { Clock } from "../../../model/ports.ts";
import { SequenceSet } from "../../../model/sequence-set.ts";
import { createFakeClock } from "../../../model/testing/fake-clock.ts";
import { createMemoryJournal } from "../../../model/testing/memory-journal.ts";
import type { ObserverClients } from "../../observer.ts";
import { NO_CLIENTS } from "../../testing/clients.ts";
import type { LoadObserveTools, LoadPlanView } from "../load-task.ts";

export const START_MS = Date.UTC(2026, 10, 22, 2, 0, 30);
export const RUN = { runId: "run", scenario: { name: "scenario", producer: "alb" } };

/** Event n is due n milliseconds after the start; 1,000 of them are a phase. */
export const PLAN: LoadPlanView = {
  intendedMs: (sequence) => START_MS + sequence,
  phaseOf: (sequence) => Math.floor(sequence / 1_000),
  plannedEvents: () => 100_000,
};

/** A clock of its own, a journal in memory, and nothing but the given clients. */
export function createLoadTools(
  clients: (clock: Clock) => Partial<ObserverClients>,
  more: Partial<LoadObserveTools> = {},
) {
  const clock = createFakeClock(START_MS);
  const journal = createMemoryJournal();
  const tools: LoadObserveTools = {
    clients: { ...NO_CLIENTS, ...clients(clock) },
    journal,
    clock,
    random: () => 0,
    signal: new AbortController().signal,
    graceMs: 0,
    ...more,
  };
  return { clock, journal, tools };
}

/** All sets together. */
export function unionOf(sets: readonly EncodedSet[]): number[] {
  const union = new SequenceSet();
  for (const set of sets) union.addEncoded(set);
  return [...union.ranges()].flatMap(([from, until]) => Array.from({ length: until - from }, (_, n) => from + n));
}

/** All histograms together; undefined where there is none. */
export function sumOf(encoded: readonly string[]): Histogram | undefined {
  const histograms = encoded.filter((text) => text !== "").map((text) => decodeFromCompressedBase64(text));
  const [first, ...others] = histograms;
  for (const other of others) first?.add(other);
  return first;
}
