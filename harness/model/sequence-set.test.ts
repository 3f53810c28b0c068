import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EncodedSet } from "./encoded-set.ts";
import { decodeSet, edgesOf, SequenceSet } from "./sequence-set.ts";

/** Numbers close to one another, around the edges of words and pages, and far off. */
const sequence = fc.oneof(
  fc.nat(200),
  fc.constantFrom(0, 31, 32, 16_383, 16_384, 16_415, 65_535, 65_536),
  fc.nat(300_000),
);
const sequences = fc.array(sequence, { maxLength: 300 });
const range = fc.tuple(sequence, fc.nat(40_000)).map(([from, length]) => [from, from + length] as const);

function setOf(numbers: Iterable<number>): SequenceSet {
  const set = new SequenceSet();
  for (const number of numbers) set.add(number);
  return set;
}

function listOf(set: SequenceSet): number[] {
  const list: number[] = [];
  set.forEach((number) => {
    list.push(number);
  });
  return list;
}

function sorted(numbers: Iterable<number>): number[] {
  return [...new Set(numbers)].sort((left, right) => left - right);
}

describe("a set of sequences", () => {
  it("is a set: what was added, once each, lowest first", () => {
    fc.assert(
      fc.property(sequences, (numbers) => {
        const set = new SequenceSet();
        const plain = new Set<number>();
        for (const number of numbers) {
          expect(set.add(number)).toBe(!plain.has(number));
          plain.add(number);
        }
        expect(listOf(set)).toEqual(sorted(plain));
        expect(set.count).toBe(plain.size);
        expect(numbers.every((number) => set.has(number))).toBe(true);
        expect([1, 33, 20_001].map((number) => set.has(number))).toEqual([1, 33, 20_001].map((n) => plain.has(n)));
        expect(set.first(3)).toEqual(sorted(plain).slice(0, 3));
      }),
    );
  });

  it("adds ranges, and counts in them", () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 6 }), range, (added, [from, until]) => {
        const set = new SequenceSet();
        const plain = new Set<number>();
        for (const [start, end] of added) {
          set.addRange(start, end);
          for (let number = start; number < end; number += 1) plain.add(number);
        }
        expect(set.count).toBe(plain.size);
        expect(set.countBetween(from, until)).toBe([...plain].filter((n) => n >= from && n < until).length);
      }),
      { numRuns: 30 },
    );
  });

  it("knows either, both, and the rest of two sets", () => {
    fc.assert(
      fc.property(sequences, sequences, (left, right) => {
        const [one, other, plain] = [setOf(left), setOf(right), new Set(right)];
        expect(listOf(one.or(other))).toEqual(sorted([...left, ...right]));
        expect(listOf(one.and(other))).toEqual(sorted(left.filter((number) => plain.has(number))));
        expect(listOf(one.minus(other))).toEqual(sorted(left.filter((number) => !plain.has(number))));
        expect(one.minus(other).count + one.and(other).count).toBe(one.count);
        expect(listOf(one)).toEqual(sorted(left));
      }),
    );
  });

  it("comes in ranges that neither touch nor overlap", () => {
    fc.assert(
      fc.property(sequences, range, (numbers, [from, until]) => {
        const set = setOf(numbers);
        set.addRange(from, until);
        const ranges = [...set.ranges()];
        expect(ranges.flatMap(([start, end]) => Array.from({ length: end - start }, (_, i) => start + i))).toEqual(
          listOf(set),
        );
        for (const [index, [start]] of ranges.entries()) expect(start).toBeGreaterThan(ranges[index - 1]?.[1] ?? -1);
      }),
      { numRuns: 50 },
    );
  });

  it("is the same after it was written and read", () => {
    const strided = fc.tuple(fc.nat(100_000), fc.integer({ min: 1, max: 9 }), fc.nat(2_000));
    fc.assert(
      fc.property(sequences, strided, (numbers, [from, stride, length]) => {
        const set = setOf([...numbers, ...Array.from({ length }, (_, index) => from + index * stride)]);
        const encoded: EncodedSet = JSON.parse(JSON.stringify(set.encode()));
        expect(listOf(decodeSet(encoded))).toEqual(listOf(set));
        expect(decodeSet(encoded).count).toBe(set.count);
      }),
    );
  });

  it("tells its lowest and its highest number from its text, however it is written", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { minLength: 1, maxLength: 60 }), (numbers) => {
        const edges = { lowest: Math.min(...numbers), highest: Math.max(...numbers) };
        expect(edgesOf(setOf(numbers).encode())).toEqual(edges);
      }),
    );
    expect(edgesOf({ kind: "bitmap", from: 16, bits: "AHwA" })).toEqual({ lowest: 26, highest: 30 });
    expect(edgesOf({ kind: "bitmap", from: 16, bits: "AAA=" })).toBeUndefined();
    expect(edgesOf({ kind: "ranges", ranges: [] })).toBeUndefined();
  });

  it("is written the short way: ranges of neighbours, bits of every other", () => {
    const neighbours = new SequenceSet();
    neighbours.addRange(7, 1_000_000);
    expect(neighbours.encode()).toEqual({ kind: "ranges", ranges: [7, 1_000_000] });
    const everyOther = setOf(Array.from({ length: 500 }, (_, index) => 1_000_001 + index * 2)).encode();
    expect(everyOther).toMatchObject({ kind: "bitmap", from: 1_000_000 });
    expect(JSON.stringify(everyOther).length).toBeLessThan(250);
    expect(new SequenceSet().encode()).toEqual({ kind: "ranges", ranges: [] });
  });

  it("reads bits that begin anywhere", () => {
    const bits = Buffer.from([0b1000_0001, 0b1]).toString("base64");
    expect(listOf(decodeSet({ kind: "bitmap", from: 30, bits }))).toEqual([30, 37, 38]);
  });

  it.each([[[5, 3]], [[-1, 3]]])("refuses the range %j", (ranges) => {
    expect(() => decodeSet({ kind: "ranges", ranges })).toThrow(RangeError);
  });
});
