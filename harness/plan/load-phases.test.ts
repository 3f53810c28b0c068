import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PlannedProfile, planPhase, planPhases } from "./load-phases.ts";

const start = { startMs: 1_000, eventsPerRequest: 2, firstPhase: 3, firstRequest: 50 };

const eventsPerSecond = fc.integer({ min: 1, max: 3_000 });
const durationMs = fc.integer({ min: 1, max: 30_000 });
const anyProfile: fc.Arbitrary<PlannedProfile> = fc.oneof(
  fc.record({ kind: fc.constant("steady" as const), eventsPerSecond, durationMs }),
  fc.record({
    kind: fc.constant("ramp" as const),
    fromEventsPerSecond: eventsPerSecond,
    toEventsPerSecond: eventsPerSecond,
    durationMs,
  }),
  fc.record({
    kind: fc.constant("step" as const),
    steps: fc.array(fc.record({ eventsPerSecond, durationMs }), { maxLength: 6 }),
  }),
  fc.record({
    kind: fc.constant("spike" as const),
    baseEventsPerSecond: eventsPerSecond,
    spikeEventsPerSecond: eventsPerSecond,
    baseMs: durationMs,
    spikeMs: durationMs,
  }),
);

describe("the phases of a profile", () => {
  it("are one for even load and one for a ramp", () => {
    expect(planPhases({ kind: "steady", eventsPerSecond: 100, durationMs: 2_000 }, start)).toEqual([
      {
        phase: 3,
        purpose: "profile",
        startMs: 1_000,
        durationMs: 2_000,
        fromEventsPerSecond: 100,
        toEventsPerSecond: 100,
        firstRequest: 50,
        requestCount: 100,
      },
    ]);
    const ramp = planPhases({ kind: "ramp", fromEventsPerSecond: 0, toEventsPerSecond: 400, durationMs: 1_000 }, start);
    expect(ramp).toMatchObject([{ fromEventsPerSecond: 0, toEventsPerSecond: 400, requestCount: 100 }]);
  });

  it("go base, spike, base for a spike", () => {
    const profile = { kind: "spike", baseEventsPerSecond: 10, spikeEventsPerSecond: 100, baseMs: 2_000, spikeMs: 500 };
    const phases = planPhases({ ...profile, kind: "spike" }, start);
    expect(phases.map(({ fromEventsPerSecond, durationMs }) => [fromEventsPerSecond, durationMs])).toEqual([
      [10, 2_000],
      [100, 500],
      [10, 2_000],
    ]);
  });

  it("follow each other without a gap in time, in number or in requests", () => {
    fc.assert(
      fc.property(anyProfile, fc.integer({ min: 1, max: 10 }), (profile, eventsPerRequest) => {
        const phases = planPhases(profile, { ...start, eventsPerRequest });
        let { startMs, firstRequest, firstPhase } = start;
        for (const phase of phases) {
          expect(phase).toMatchObject({ startMs, firstRequest, phase: firstPhase });
          startMs += phase.durationMs;
          firstRequest += phase.requestCount;
          firstPhase += 1;
        }
      }),
    );
  });

  it("can be planned one at a time, with a purpose", () => {
    const phase = planPhase({
      purpose: "search",
      phase: 7,
      startMs: 9,
      durationMs: 5_000,
      fromEventsPerSecond: 30,
      toEventsPerSecond: 30,
      eventsPerRequest: 3,
      firstRequest: 12,
    });
    expect(phase).toEqual({
      purpose: "search",
      phase: 7,
      startMs: 9,
      durationMs: 5_000,
      fromEventsPerSecond: 30,
      toEventsPerSecond: 30,
      firstRequest: 12,
      requestCount: 50,
    });
  });
});
