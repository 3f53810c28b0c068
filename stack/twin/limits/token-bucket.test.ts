import { describe, expect, test } from "vitest";
import { TokenBucket } from "./token-bucket.ts";

/** Takes `amount` at each of these times, and says which were let through. */
function takes(settings: ConstructorParameters<typeof TokenBucket>[0], uses: readonly (readonly [number, number])[]) {
  const bucket = new TokenBucket(settings, 0);
  return uses.map(([atMs, amount]) => bucket.take(amount, atMs));
}

const atOnce = (count: number, atMs = 0) => Array.from({ length: count }, () => [atMs, 1] as const);

describe("a token bucket", () => {
  test.each([
    ["lets a full bucket through at once, and no more", { tokensPerSecond: 3, size: 3 }, atOnce(5), 3],
    ["fills at its rate", { tokensPerSecond: 10, size: 3 }, [...atOnce(3), ...atOnce(4, 200)], 5],
    ["never holds more than its size", { tokensPerSecond: 10, size: 3 }, atOnce(9, 60_000), 3],
    ["lets nothing through where it holds nothing", { tokensPerSecond: 10, size: 0 }, atOnce(3, 1000), 0],
    ["takes nothing for what it refuses", { tokensPerSecond: 1, size: 2 }, [...atOnce(50), ...atOnce(2, 1000)], 3],
    ["gains nothing when time goes back", { tokensPerSecond: 10, size: 1 }, [...atOnce(1, 500), ...atOnce(1, 0)], 1],
    [
      "serves a use each second below one a second",
      { tokensPerSecond: 0.5, size: 1 },
      [
        [0, 1],
        [1000, 1],
        [2000, 1],
      ],
      2,
    ],
  ] as const)("%s", (_what, settings, uses, admitted) => {
    expect(takes(settings, uses).filter(Boolean)).toHaveLength(admitted);
  });

  test("lets a use above its size through when it is full, and has it paid off at the rate", () => {
    const uses = [
      [0, 50],
      [4999, 10],
      [5000, 10],
    ] as const;
    expect(takes({ tokensPerSecond: 10, size: 10 }, uses)).toEqual([true, false, true]);
  });

  test("keeps the rate to the use over a long time, whatever the pattern of asking", () => {
    const asked = Array.from({ length: 60_000 }, (_, index) => [index, 1] as const);
    const admitted = takes({ tokensPerSecond: 100, size: 100 }, asked).filter(Boolean).length;
    expect(admitted).toBe(100 + 60 * 100 - 1);
  });

  test("gives back up to its size", () => {
    const bucket = new TokenBucket({ tokensPerSecond: 1, size: 2 }, 0);
    bucket.spend(2);
    bucket.spend(-5);
    expect([1, 1, 1].map((amount) => bucket.take(amount, 0))).toEqual([true, true, false]);
  });

  test.each([
    ["leaves no debt for what was there", 2, 0],
    ["owes in full what was more than was there", 10, 5000],
  ])("spent or owed %s", (_what, amount, debtMs) => {
    const bucket = new TokenBucket({ tokensPerSecond: 2, size: 2 }, 0);
    bucket.spendOrOwe(amount);
    expect([bucket.isOutOfDebt(debtMs - 1), bucket.isOutOfDebt(debtMs)]).toEqual([debtMs === 0, true]);
  });
});
