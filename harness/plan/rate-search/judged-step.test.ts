import { describe, expect, it } from "vitest";
import type { PhaseResult, SecondSeries } from "../../model/load-report.ts";
import { judgedStepOf } from "./judged-step.ts";

const policy = { latencyP99Ms: 1_000, errorRatio: 0.001, sinkP99Ms: 10_000, iteratorAgeMs: 10_000 };

function result(changes: Partial<PhaseResult> = {}): PhaseResult {
  return {
    plan: {
      phase: 0,
      purpose: "search",
      startMs: 10_000,
      durationMs: 5_000,
      fromEventsPerSecond: 100,
      toEventsPerSecond: 100,
      firstRequest: 0,
      requestCount: 500,
    },
    sentEventsPerSecond: 100,
    ackedEventsPerSecond: 100,
    unsentEvents: 0,
    errorRatio: 0,
    entryP50Ms: 10,
    entryP99Ms: 20,
    sinkP99Ms: 300,
    backlogGrowthPerSecond: 0,
    sendDelayP99Ms: 2,
    holds: "pass",
    why: "",
    ...changes,
  };
}

/** Two seconds before the phase, its five, and one after. */
function series(acked: readonly number[], p99Ms: readonly (number | null)[] = []): SecondSeries {
  const sent = acked.map(() => 100);
  return {
    startMs: 8_000,
    planned: sent,
    sent,
    acked,
    errors: acked.map((count) => 100 - count),
    inFlight: sent,
    p50Ms: sent,
    p99Ms: acked.map((_, second) => p99Ms[second] ?? 20),
  };
}

const even = series([0, 0, 100, 100, 100, 100, 100, 0]);

describe("a judged phase as a step of a search", () => {
  it("that held shows what was acked, or less by what piled up before the sink", () => {
    expect(judgedStepOf(result(), even, policy)).toMatchObject({ holds: "pass", throughputEventsPerSecond: 100 });
    expect(judgedStepOf(result({ backlogGrowthPerSecond: 30 }), even, policy)).toMatchObject({
      throughputEventsPerSecond: 70,
      backlogAtEnd: 150,
    });
  });

  it("that broke late shows when, and what came through from then on", () => {
    const broke = result({ holds: "fail", errorRatio: 0.3, ackedEventsPerSecond: 76 });
    const step = judgedStepOf(broke, series([0, 0, 100, 100, 60, 58, 62, 0]), policy);
    expect(step).toMatchObject({ brokeAfterMs: 2_000, throughputEventsPerSecond: 60, mayBeHiccup: false });
  });

  it("that broke from the start shows no such time", () => {
    const broke = result({ holds: "fail", errorRatio: 0.4, ackedEventsPerSecond: 60 });
    const step = judgedStepOf(broke, series([0, 0, 60, 60, 60, 60, 60, 0]), policy);
    expect(step).toMatchObject({ brokeAfterMs: null, throughputEventsPerSecond: 60 });
  });

  it("that broke from the start and hardly lasted longer shows what came through of it all", () => {
    const { plan } = result();
    const probe = result({
      plan: { ...plan, durationMs: 2_900 },
      holds: "fail",
      errorRatio: 0.4,
      ackedEventsPerSecond: 60,
    });
    const step = judgedStepOf(probe, series([0, 0, 39, 67, 54, 0]), policy);
    expect(step).toMatchObject({ brokeAfterMs: null, throughputEventsPerSecond: 60 });
  });

  it("is not taken to have broken in one bad second after which all was well", () => {
    const broke = result({ holds: "fail", entryP99Ms: 1_500 });
    const step = judgedStepOf(broke, series([0, 0, 100, 100, 100, 100, 100, 0], [0, 0, 20, 1_500, 20, 20, 20]), policy);
    expect(step).toMatchObject({ brokeAfterMs: null, throughputEventsPerSecond: 100, mayBeHiccup: true });
  });

  it("may have met a hiccup where one event was refused, and not where more were", () => {
    const refusedOf = (events: number) => result({ holds: "fail", errorRatio: events / 500 });
    expect(judgedStepOf(refusedOf(1), even, policy)).toMatchObject({ mayBeHiccup: true });
    expect(judgedStepOf(refusedOf(2), even, policy)).toMatchObject({ mayBeHiccup: false });
  });

  it("that could not be judged says whether the sender was why", () => {
    const late = result({ holds: "unknown", sendDelayP99Ms: 400 });
    expect(judgedStepOf(late, even, policy)).toMatchObject({
      unknownBecause: "sender",
      throughputEventsPerSecond: null,
    });
    const unsent = result({ holds: "unknown", unsentEvents: 40 });
    expect(judgedStepOf(unsent, even, policy)).toMatchObject({ unknownBecause: "sender" });
    expect(judgedStepOf(result({ holds: "unknown" }), even, policy)).toMatchObject({ unknownBecause: "not-measured" });
  });
});
