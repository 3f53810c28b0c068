import { describe, expect, it } from "vitest";
import { answerAtMs, largestBurst, trueLatencies } from "./stalls.ts";

const stalls = { delayMs: 5, everyMs: 10_000, fromMs: 4_500, stallMs: 1_000 };

describe("a server that stalls", () => {
  it("answers after its delay, and at the stall's end what comes during a stall", () => {
    const answers = [0, 4_499, 4_500, 5_499, 5_500, 14_600].map((atMs) => answerAtMs(stalls, atMs));
    expect(answers).toEqual([5, 4_504, 5_505, 5_505, 5_505, 15_505]);
  });

  it("makes the latencies that follow from the plan alone", () => {
    // 10 per second for 10 s: ten of the hundred meet the stall and wait 1,000, 900 … 100 ms more.
    const offsetsMs = Array.from({ length: 100 }, (_, index) => index * 100);
    expect(trueLatencies(stalls, offsetsMs)).toEqual({ mean: 60, p50: 5, p99: 905, p999: 1_005 });
  });
});

describe("the largest burst", () => {
  it("is a tenth of a second's arrivals where they are even, and all of them where they come at once", () => {
    const even = Array.from({ length: 200 }, (_, index) => index * 10);
    expect(largestBurst(even, 2)).toBeCloseTo(0.1, 6);
    const atOnce = Array.from({ length: 100 }, () => 1_500);
    expect(largestBurst([...even.slice(0, 100), ...atOnce], 2)).toBe(1);
  });
});
