import { decodeFromCompressedBase64, type Histogram } from "hdr-histogram-js";
import type { EncodedSet } from "../../../model/encoded-set.ts";
import { SequenceSet } from "../../../model/sequence-set.ts";
import { START_MS } from "../../testing/tools.ts";
import type { LoadPlanView } from "../load-task.ts";

/** Event n is due n milliseconds after the start; 1,000 of them are a phase. */
export const PLAN: LoadPlanView = {
  intendedMs: (sequence) => START_MS + sequence,
  phaseOf: (sequence) => Math.floor(sequence / 1_000),
  plannedEvents: () => 100_000,
};

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
