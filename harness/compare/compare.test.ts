import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shareDifference } from "./proportions.ts";
import { type Counted, rankSum, upperTail } from "./rank-sum.ts";

const once = (...values: number[]): Counted[] => values.map((value) => ({ value, count: 1 }));
const pOf = (first: Counted[], second: Counted[]) => {
  const result = rankSum(first, second);
  return result.kind === "tested" ? result.pValue : Number.NaN;
};

describe("the tail of the normal distribution", () => {
  it.each([
    [0, 0.5],
    [1, 0.158655],
    [1.959964, 0.025],
    [2.575829, 0.005],
    [4, 3.167e-5],
  ])("beyond %d is %d", (z, tail) => expect(upperTail(z)).toBeCloseTo(tail, 5));
});

describe("the rank-sum test", () => {
  it("finds samples that do not overlap different, and tells which is larger", () => {
    const [low, high] = [once(1, 2, 3, 4, 5, 6, 7, 8), once(11, 12, 13, 14, 15, 16, 17, 18)];
    // U = 0 of 8 and 8, normal approximation with continuity correction: z = 31.5 / 9.521905.
    expect(pOf(low, high)).toBeCloseTo(0.000939, 5);
    expect(rankSum(low, high)).toMatchObject({ superiority: 1 });
    expect(rankSum(high, low)).toMatchObject({ superiority: 0 });
  });

  it("finds no difference between a sample and itself", () => {
    const sample = once(3, 1, 4, 1, 5, 9, 2, 6);
    expect(pOf(sample, sample)).toBeCloseTo(1, 6);
  });

  it("says nothing of fewer than eight values", () => {
    expect(rankSum(once(1, 2, 3, 4, 5, 6, 7), once(1, 2, 3, 4, 5, 6, 7, 8)).kind).toBe("too-few");
  });

  it("takes a count as so many values", () => {
    const one = [
      { value: 1, count: 5 },
      { value: 2, count: 4 },
    ];
    const two = once(2, 2, 3, 3, 3, 1, 1, 5);
    expect(pOf(one, two)).toBeCloseTo(pOf(once(1, 1, 1, 1, 1, 2, 2, 2, 2), two), 12);
  });

  it("gives the same answer whichever sample comes first, in any order of values", () => {
    const sample = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 8, maxLength: 40 });
    fc.assert(
      fc.property(sample, sample, (left, right) => {
        const p = pOf(once(...left), once(...right));
        expect(pOf(once(...right), once(...left))).toBeCloseTo(p, 9);
        expect(pOf(once(...left.toReversed()), once(...right))).toBeCloseTo(p, 9);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("the difference of two shares", () => {
  it("is Fisher's exact test where hits are few (Fisher's tea: 3 of 4 against 1 of 4)", () => {
    expect(shareDifference({ hits: 3, of: 4 }, { hits: 1, of: 4 })).toBeCloseTo(0.485714, 6);
  });

  it("is the z-test where they are many", () => {
    const p = shareDifference({ hits: 100, of: 1_000 }, { hits: 150, of: 1_000 });
    // z = (0.05 - 0.001) / 0.0147902
    expect(p).toBeCloseTo(0.000923, 5);
  });

  it("is none between equal shares, and not known of nothing", () => {
    expect(shareDifference({ hits: 0, of: 100 }, { hits: 0, of: 30_000 })).toBeCloseTo(1);
    expect(shareDifference({ hits: 0, of: 0 }, { hits: 1, of: 2 })).toBeUndefined();
  });
});
