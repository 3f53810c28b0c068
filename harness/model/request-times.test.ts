import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LoadPhase } from "./load.ts";
import { countRequests, intendedOffsetMs, intendedTimeOf, requestsDueBy } from "./request-times.ts";

const rates = { durationMs: 10_000, fromEventsPerSecond: 100, toEventsPerSecond: 100 };

const anyPhase = fc
  .record({
    durationMs: fc.integer({ min: 1, max: 60_000 }),
    fromEventsPerSecond: fc.integer({ min: 0, max: 5_000 }),
    toEventsPerSecond: fc.integer({ min: 0, max: 5_000 }),
    eventsPerRequest: fc.integer({ min: 1, max: 20 }),
  })
  .map(({ eventsPerRequest, ...phase }) => ({
    eventsPerRequest,
    phase: { ...phase, requestCount: countRequests(phase, eventsPerRequest) },
  }));

/** In microseconds first: `fc.double` draws by exponent, and nearly all of its times would be next to 0. */
const anyTimeMs = fc.integer({ min: -10_000, max: 61_000_000 }).map((microseconds) => microseconds / 1_000);

/** The area under the rate up to a time: how many requests are due by then, with fractions. */
function areaRequests(phase: typeof rates, eventsPerRequest: number, offsetMs: number): number {
  const { fromEventsPerSecond: from, toEventsPerSecond: to, durationMs } = phase;
  const rateAt = from + ((to - from) * offsetMs) / durationMs;
  return (((from + rateAt) / 2) * offsetMs) / 1000 / eventsPerRequest;
}

describe("the requests of a phase", () => {
  it("are as many as its rate and length make, however the floats fall", () => {
    expect(countRequests(rates, 1)).toBe(1_000);
    expect(countRequests(rates, 3)).toBe(334);
    expect(countRequests({ ...rates, fromEventsPerSecond: 0, toEventsPerSecond: 300, durationMs: 700 }, 1)).toBe(105);
    expect(countRequests({ ...rates, fromEventsPerSecond: 0, toEventsPerSecond: 0 }, 1)).toBe(0);
    expect(countRequests({ ...rates, fromEventsPerSecond: 0.1, toEventsPerSecond: 0.1, durationMs: 30_000 }, 1)).toBe(
      3,
    );
  });

  it("are evenly spaced at an even rate, the first at the start", () => {
    expect([0, 1, 2, 999].map((index) => intendedOffsetMs(rates, 1, index))).toEqual([0, 10, 20, 9_990]);
    expect(intendedOffsetMs(rates, 4, 3)).toBe(120);
  });

  it("come ever closer together as the rate rises", () => {
    const ramp = { durationMs: 1_000, fromEventsPerSecond: 0, toEventsPerSecond: 200 };
    // The n-th is due at 1 s * sqrt(n / 100).
    expect([0, 1, 25, 64].map((index) => Math.round(intendedOffsetMs(ramp, 1, index)))).toEqual([0, 100, 500, 800]);
    const falling = { durationMs: 1_000, fromEventsPerSecond: 200, toEventsPerSecond: 0 };
    expect([0, 36, 75, 99].map((index) => Math.round(intendedOffsetMs(falling, 1, index)))).toEqual([0, 200, 500, 900]);
  });

  it("are due in their order, within the phase, where the area under the rate reaches their number", () => {
    fc.assert(
      fc.property(anyPhase, fc.nat(), ({ phase, eventsPerRequest }, number) => {
        fc.pre(phase.requestCount > 0);
        const index = number % phase.requestCount;
        const offsetMs = intendedOffsetMs(phase, eventsPerRequest, index);
        expect(offsetMs).toBeGreaterThanOrEqual(0);
        expect(offsetMs).toBeLessThanOrEqual(phase.durationMs);
        if (index > 0) expect(offsetMs).toBeGreaterThan(intendedOffsetMs(phase, eventsPerRequest, index - 1));
        expect(areaRequests(phase, eventsPerRequest, offsetMs)).toBeCloseTo(index, 3);
      }),
    );
  });

  it("are counted by time as exactly those whose own time has come", () => {
    fc.assert(
      fc.property(anyPhase, anyTimeMs, ({ phase, eventsPerRequest }, atMs) => {
        const due = requestsDueBy(phase, eventsPerRequest, atMs);
        if (due > 0) expect(intendedOffsetMs(phase, eventsPerRequest, due - 1)).toBeLessThanOrEqual(atMs);
        if (due < phase.requestCount) expect(intendedOffsetMs(phase, eventsPerRequest, due)).toBeGreaterThan(atMs);
      }),
    );
  });

  it("are due by their own time, each one", () => {
    fc.assert(
      fc.property(anyPhase, fc.nat(), ({ phase, eventsPerRequest }, number) => {
        fc.pre(phase.requestCount > 0);
        const index = number % phase.requestCount;
        expect(requestsDueBy(phase, eventsPerRequest, intendedOffsetMs(phase, eventsPerRequest, index))).toBe(
          index + 1,
        );
      }),
    );
  });

  it("put at most 12% of a second's arrivals into any 100 ms, at even rates of 50/s and more", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 50, max: 20_000 }),
        fc.integer({ min: 0, max: 9_900 }),
        (requestsPerSecond, fromMs) => {
          const even = { ...rates, fromEventsPerSecond: requestsPerSecond, toEventsPerSecond: requestsPerSecond };
          const phase = { ...even, requestCount: countRequests(even, 1) };
          const inWindow = requestsDueBy(phase, 1, fromMs + 99.999) - requestsDueBy(phase, 1, fromMs - 0.001);
          expect(inWindow / requestsPerSecond).toBeLessThanOrEqual(0.12);
        },
      ),
    );
  });
});

describe("the intended time of an event", () => {
  const base = { purpose: "profile", durationMs: 1_000, fromEventsPerSecond: 20, toEventsPerSecond: 20 } as const;
  const phases: LoadPhase[] = [
    { ...base, phase: 0, startMs: 5_000, firstRequest: 0, requestCount: 10 },
    { ...base, phase: 1, startMs: 6_000, firstRequest: 10, requestCount: 10 },
  ];

  it("is that of its request, in the phase that holds it", () => {
    expect([0, 1, 2, 19, 20, 39].map((sequence) => intendedTimeOf(phases, 2, sequence))).toEqual([
      5_000, 5_000, 5_100, 5_900, 6_000, 6_900,
    ]);
  });

  it("is not known of an event that no phase planned", () => {
    expect(intendedTimeOf(phases, 2, 40)).toBeUndefined();
    expect(intendedTimeOf([], 2, 0)).toBeUndefined();
  });
});
