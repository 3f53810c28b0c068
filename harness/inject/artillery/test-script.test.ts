import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LoadProfile } from "../../model/load.ts";
import { planPhases } from "../../plan/load-phases.ts";
import { shareOf } from "./share.ts";
import { artilleryPhases, testScript } from "./test-script.ts";

type Planned = Exclude<LoadProfile, { kind: "search" | "closed-loop" }>;

function plan(profile: Planned, eventsPerRequest = 1) {
  return planPhases(profile, { startMs: 0, eventsPerRequest, firstPhase: 0, firstRequest: 0 });
}

const STEADY: Planned = { kind: "steady", eventsPerSecond: 10, durationMs: 3_000 };

describe("the phases that Artillery is given", () => {
  it("hold as many users as the plan holds requests, shared out among the workers", () => {
    expect(artilleryPhases(plan(STEADY), { worker: 0, workers: 1, eventsPerRequest: 1 })).toEqual([
      { name: "phase 0", duration: "3000ms", arrivalCount: 30 },
    ]);
    const counts = [0, 1, 2, 3].map((worker) =>
      artilleryPhases(plan(STEADY), { worker, workers: 4, eventsPerRequest: 1 }),
    );
    expect(counts.map(([phase]) => phase !== undefined && "arrivalCount" in phase && phase.arrivalCount)).toEqual([
      8, 8, 7, 7,
    ]);
  });

  it("follow a ramp second by second, and a spike phase by phase", () => {
    const ramp = plan({ kind: "ramp", fromEventsPerSecond: 0.001, toEventsPerSecond: 20, durationMs: 2_500 });
    const stretches = artilleryPhases(ramp, { worker: 0, workers: 1, eventsPerRequest: 1 });
    expect(stretches.map((one) => ("duration" in one ? one.duration : one.pause))).toEqual([
      "1000ms",
      "1000ms",
      "500ms",
    ]);
    const spike = plan({
      kind: "spike",
      baseEventsPerSecond: 2,
      spikeEventsPerSecond: 20,
      baseMs: 2_000,
      spikeMs: 1_000,
    });
    expect(artilleryPhases(spike, { worker: 0, workers: 1, eventsPerRequest: 1 })).toMatchObject([
      { arrivalCount: 4 },
      { arrivalCount: 20 },
      { arrivalCount: 4 },
    ]);
  });

  it("pause where a worker has nothing to send", () => {
    const few = plan({ kind: "steady", eventsPerSecond: 1, durationMs: 2_000 });
    expect(artilleryPhases(few, { worker: 2, workers: 3, eventsPerRequest: 1 })).toEqual([
      { name: "phase 0", pause: "2000ms" },
    ]);
  });

  it("make for every profile exactly one user for each request, whatever the number of workers", () => {
    const steps = fc.array(
      fc.record({ eventsPerSecond: fc.integer({ min: 1, max: 300 }), durationMs: fc.integer({ min: 1, max: 4_000 }) }),
      { minLength: 1, maxLength: 3 },
    );
    const ramp = fc.record({
      kind: fc.constant("ramp" as const),
      fromEventsPerSecond: fc.integer({ min: 1, max: 300 }),
      toEventsPerSecond: fc.integer({ min: 1, max: 300 }),
      durationMs: fc.integer({ min: 1, max: 6_000 }),
    });
    const profile = fc.oneof(
      steps.map((all): Planned => ({ kind: "step", steps: all })),
      ramp,
    );
    fc.assert(
      fc.property(
        profile,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 3 }),
        (one, workers, eventsPerRequest) => {
          const phases = plan(one, eventsPerRequest);
          for (let worker = 0; worker < workers; worker += 1) {
            const users = artilleryPhases(phases, { worker, workers, eventsPerRequest }).reduce(
              (sum, phase) => sum + ("arrivalCount" in phase ? phase.arrivalCount : 0),
              0,
            );
            expect(users).toBe([...shareOf(phases, worker, workers)].length);
          }
        },
      ),
    );
  });
});

describe("the workers' shares", () => {
  it("hold every request once", () => {
    const phases = plan({
      kind: "step",
      steps: [
        { eventsPerSecond: 7, durationMs: 1_000 },
        { eventsPerSecond: 5, durationMs: 1_000 },
      ],
    });
    const shares = [0, 1, 2].map((worker) => [...shareOf(phases, worker, 3)]);
    expect(shares).toEqual([
      [0, 3, 6, 9],
      [1, 4, 7, 10],
      [2, 5, 8, 11],
    ]);
  });
});

describe("the test script", () => {
  it("sends to where the connection goes, under the entry's own name, and follows nothing", () => {
    const target = {
      method: "PUT",
      origin: "http://127.0.0.1:8080",
      path: "/events?a=1",
      host: "alb.example.com",
      requestMs: 2_500,
    };
    const script: unknown = JSON.parse(testScript(target, [], "processor-0.cjs"));
    expect(script).toMatchObject({
      config: { target: "http://127.0.0.1:8080", processor: "./processor-0.cjs", http: { timeout: 2.5 } },
      scenarios: [
        {
          flow: [
            { function: "takeRequest" },
            { put: { url: "/events?a=1", headers: { host: "alb.example.com" }, followRedirect: false } },
          ],
        },
      ],
    });
  });
});
