import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Objectives } from "../model/canary.ts";
import { judgeObjective, type Sample, samplesOf } from "./objectives.ts";

const objectives: Objectives = {
  successRatio: 0.95,
  windowRuns: 100,
  trendFailures: 2,
  trendRuns: 10,
  leastRuns: 5,
  blip: "unknown",
  sinkLatencyMs: 1_000,
  metricsFreshnessMs: 5_000,
  timeBudgetMs: 60_000,
  costBudgetUsd: 0.0012,
};
const judge = (samples: readonly Sample[]) => judgeObjective(samples, objectives).kind;
const runs = (count: number, bad: readonly number[]): Sample[] =>
  Array.from({ length: count }, (_, index) => !bad.includes(index));

describe("an objective over many runs", () => {
  it("is kept by good runs", () => expect(judge(runs(50, []))).toBe("kept"));

  it("calls each of 3 scattered failures in 100 runs a blip, and never misses", () => {
    const bad = [20, 51, 83];
    for (let length = 1; length <= 100; length += 1)
      expect(judge(runs(100, bad).slice(0, length))).toBe(bad.includes(length - 1) ? "blip" : "kept");
  });

  it("is missed where 2 of the last 10 runs failed, even if this one did not", () => {
    expect(judge(runs(40, [31, 36]))).toBe("missed");
  });

  it("is missed where the error budget of the window is used up, however scattered", () => {
    const bad = [4, 20, 36, 52, 68, 84];
    expect(judge(runs(90, bad.slice(0, 5)))).toBe("kept");
    expect(judge(runs(90, bad))).toBe("missed");
  });

  it("recovers once the failures are out of its windows", () => {
    expect(judge(runs(60, [40, 45]))).toBe("kept");
  });

  it("is missed by the first failure of a canary with too little history", () => {
    expect(judge([false])).toBe("missed");
    expect(judge(runs(5, [4]))).toBe("missed");
    expect(judge(runs(6, [5]))).toBe("blip");
  });

  it("is judged by the runs that could see", () => {
    expect(judge([undefined, undefined])).toBe("no-samples");
    expect(judge([...runs(20, []), undefined, undefined])).toBe("kept");
    expect(judge([...runs(20, [18]), undefined, undefined])).toBe("kept");
    expect(judge([...runs(20, [18]), undefined, false])).toBe("missed");
  });

  it("never gets better by one more failure", () => {
    const rank = { kept: 0, "no-samples": 0, blip: 1, missed: 2 };
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 150 }), fc.nat(), (samples, at) => {
        const index = at % samples.length;
        const worse = samples.with(index, false);
        expect(rank[judge(worse)]).toBeGreaterThanOrEqual(rank[judge(samples)]);
      }),
    );
  });
});

describe("the samples of a run", () => {
  const run = {
    version: 1,
    runId: "r",
    at: "2026-11-22T00:00:00Z",
    stack: "s",
    verdict: "pass",
    sinkLatencyMs: 1_000,
    metricsFreshnessMs: 5_001,
    failing: [],
    calls: 1,
    costUsd: 0,
  } as const;

  it("hold each figure against its objective", () => {
    expect(samplesOf(run, objectives)).toEqual({ success: true, latency: true, freshness: false });
  });

  it("are none where the run could not tell", () => {
    const blind = { ...run, verdict: "unknown", sinkLatencyMs: null, metricsFreshnessMs: null } as const;
    expect(samplesOf(blind, objectives)).toEqual({ success: undefined, latency: undefined, freshness: undefined });
  });
});
