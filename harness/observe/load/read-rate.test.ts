import { describe, expect, it } from "vitest";
import { afterAnswer, book, firstRate, keysPerSecond, type ReadRate, unitsFor } from "./read-rate.ts";

/** The rate after these answers, each `atMs` after the first. */
function after(rate: ReadRate, answers: readonly (readonly [atMs: number, throttled: boolean])[]): number {
  return answers.reduce((now, [atMs, throttled]) => afterAnswer(now, { throttled }, atMs), rate).unitsPerSecond;
}

describe("how fast a table is read", () => {
  it.each<[string, number | undefined, readonly (readonly [number, boolean])[], number]>([
    ["begins at 500 units a second", undefined, [], 500],
    ["begins at the budget where that is less", 40, [], 40],
    ["is at least half a unit a second, whatever the budget", 0, [], 0.5],
    [
      "rises by 50 a second",
      undefined,
      [
        [1_000, false],
        [2_000, false],
      ],
      600,
    ],
    [
      "rises once a second, however many calls succeed",
      undefined,
      [
        [100, false],
        [900, false],
        [1_000, false],
        [1_001, false],
      ],
      550,
    ],
    [
      "never rises above the budget",
      520,
      [
        [1_000, false],
        [2_000, false],
      ],
      520,
    ],
    [
      "never rises above 1,500 without a budget",
      undefined,
      Array.from({ length: 100 }, (_, n) => [n * 1_000, false] as const),
      1_500,
    ],
    ["is halved where the table throttles", undefined, [[10, true]], 250],
    [
      "is halved once for calls that are throttled side by side",
      undefined,
      [
        [10, true],
        [20, true],
        [509, true],
      ],
      250,
    ],
    [
      "is halved again where that was not enough",
      undefined,
      [
        [10, true],
        [510, true],
        [1_010, true],
      ],
      62.5,
    ],
    [
      "does not rise within a second of throttling",
      undefined,
      [
        [900, true],
        [1_800, false],
      ],
      250,
    ],
    [
      "rises again after it",
      undefined,
      [
        [900, true],
        [1_900, false],
      ],
      300,
    ],
    [
      "never falls below half a unit a second",
      1,
      Array.from({ length: 20 }, (_, n) => [n * 1_000, true] as const),
      0.5,
    ],
  ])("%s", (_, budget, answers, expected) => {
    expect(after(firstRate(0, budget), answers)).toBe(expected);
  });
});

describe("a call's turn", () => {
  it("comes when the units of those before it have been earned", () => {
    let rate = firstRate(1_000, 100);
    const turns = [50, 25, 100].map((units) => {
      const booked = book(rate, units, 1_000);
      rate = booked.rate;
      return booked.atMs;
    });
    expect(turns).toEqual([1_000, 1_500, 1_750]);
  });

  it("comes at once after a pause, which saves nothing up", () => {
    const { rate } = book(firstRate(0, 100), 50, 0);
    expect(book(rate, 50, 60_000)).toMatchObject({ atMs: 60_000, rate: { nextAtMs: 60_500 } });
  });
});

describe("what a key costs", () => {
  it("is half a unit eventually consistent and a whole one strongly consistent, until the table says", () => {
    const rate = firstRate(0, 100);
    expect([unitsFor(rate, 100, false), unitsFor(rate, 100, true)]).toEqual([50, 100]);
    expect([keysPerSecond(rate, false), keysPerSecond(rate, true)]).toEqual([200, 100]);
  });

  it("follows what the calls have cost", () => {
    let rate = firstRate(0, 100);
    for (let call = 0; call < 50; call += 1) rate = afterAnswer(rate, { throttled: false, unitsPerKey: 10 }, 0);
    expect(unitsFor(rate, 1, false)).toBeCloseTo(10, 1);
    expect(keysPerSecond(rate, true)).toBe(5);
  });

  it("is at least half a unit, whatever a call says", () => {
    expect(afterAnswer(firstRate(0, 100), { throttled: false, unitsPerKey: 0 }, 0).unitsPerKey).toBe(0.5);
  });

  it("leaves at least one key a second", () => {
    expect(keysPerSecond(firstRate(0, 0), true)).toBe(1);
  });
});
