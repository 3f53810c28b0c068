import { describe, expect, it } from "vitest";
import { planPhase } from "../../plan/load-phases.ts";
import { LoadPlan } from "./load-plan.ts";

const E = 2;
const phaseAt = (phase: number, startMs: number, firstRequest: number) =>
  planPhase({
    purpose: "search",
    phase,
    startMs,
    durationMs: 1_000,
    fromEventsPerSecond: 20,
    toEventsPerSecond: 20,
    firstRequest,
    eventsPerRequest: E,
  });

describe("the plan of a load", () => {
  it("numbers on from where it began, and from its last phase", () => {
    const plan = new LoadPlan(E, { firstPhase: 3, firstRequest: 100 });
    expect(plan.next()).toEqual({ firstPhase: 3, firstRequest: 100 });
    expect(plan.plannedEvents()).toBe(200);
    plan.add(phaseAt(3, 50_000, 100));
    expect(plan.next()).toEqual({ firstPhase: 4, firstRequest: 110 });
    expect(plan.plannedEvents()).toBe(220);
    expect(plan.endMs()).toBe(51_000);
  });

  it("knows of every event when it was due and in which phase, and of none that it did not plan", () => {
    const plan = new LoadPlan(E, { firstPhase: 0, firstRequest: 0 });
    plan.add(phaseAt(0, 1_000, 0));
    plan.add(phaseAt(1, 9_000, 10));
    expect([0, 1, 2, 19].map((sequence) => plan.intendedMs(sequence))).toEqual([1_000, 1_000, 1_100, 1_900]);
    expect([19, 20].map((sequence) => plan.phaseOf(sequence))).toEqual([0, 1]);
    expect(plan.intendedMs(20)).toBe(9_000);
    expect(plan.intendedMs(40)).toBeNaN();
  });
});
