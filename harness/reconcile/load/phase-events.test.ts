import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SequenceSet } from "../../model/sequence-set.ts";
import { countByPhase, mostOf } from "./phase-events.ts";

/** Phases of these lengths, one after the other. */
const lengths = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 });
const numbers = fc.array(fc.nat(1500), { maxLength: 200 });

function rangesOf(sizes: readonly number[]): { from: number; until: number }[] {
  let from = 0;
  return sizes.map((size) => {
    const range = { from, until: from + size };
    from += size;
    return range;
  });
}

describe("events by phase", () => {
  it("are counted right however the set was written", () => {
    fc.assert(
      fc.property(lengths, numbers, fc.boolean(), (sizes, sequences, isDense) => {
        const ranges = rangesOf(sizes);
        const set = new SequenceSet();
        for (const sequence of sequences) set.add(sequence);
        if (isDense) for (let sequence = 3; sequence < 900; sequence += 2) set.add(sequence);
        const counts = ranges.map(({ from, until }) => set.countBetween(from, until));
        expect(countByPhase(set.encode(), ranges)).toEqual(counts);
      }),
    );
  });

  it("belong to the phase that has most of them, the earlier of two, or to none", () => {
    expect(mostOf([1, 3, 3])).toBe(1);
    expect(mostOf([0, 0])).toBeUndefined();
    expect(mostOf([])).toBeUndefined();
  });
});
