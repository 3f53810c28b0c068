import { describe, expect, it } from "vitest";
import { CannotRun } from "../../model/errors.ts";
import type { LoadProfile } from "../../model/load.ts";
import type { Scenario } from "../../model/scenario.ts";
import { checkCeilings, checkEndpoint, extentOf, mostEventsOf } from "./guards.ts";

const ceilings = { eventsPerSecond: 100, durationMs: 60_000, costUsd: 1 };
const steady = (eventsPerSecond: number, durationMs: number): LoadProfile => ({
  kind: "steady",
  eventsPerSecond,
  durationMs,
});

function remedyOf(work: () => void): string {
  try {
    work();
  } catch (error) {
    if (error instanceof CannotRun) return error.problem.remedy;
    throw error;
  }
  return "nothing was refused";
}

describe("the ceilings of a load", () => {
  const load = (profile: LoadProfile, estimatedUsd = 0) => ({ name: "a", profile, estimatedUsd });

  it("let through what stays at or under them", () => {
    expect(() => checkCeilings([load(steady(100, 60_000), 1)], ceilings)).not.toThrow();
  });

  it("name the option that asks for a higher rate, a longer run or a dearer one", () => {
    expect(remedyOf(() => checkCeilings([load(steady(101, 1_000))], ceilings))).toContain("--max-rate 101/s");
    expect(remedyOf(() => checkCeilings([load(steady(1, 61_000))], ceilings))).toContain("--max-duration 61s");
    expect(remedyOf(() => checkCeilings([load(steady(1, 1_000), 1.5)], ceilings))).toContain("--max-cost 1.5");
  });

  it("add up the time and the cost of all loads", () => {
    const two = [load(steady(1, 40_000), 0.6), load(steady(1, 40_000), 0.6)];
    expect(remedyOf(() => checkCeilings(two, ceilings))).toContain("--max-duration 80s");
    expect(remedyOf(() => checkCeilings(two, { ...ceilings, durationMs: 80_000 }))).toContain("--max-cost 1.2");
  });
});

describe("the extent of a profile", () => {
  const table: readonly [LoadProfile, { eventsPerSecond: number; durationMs: number }, events: number][] = [
    [steady(50, 2_000), { eventsPerSecond: 50, durationMs: 2_000 }, 100],
    [
      { kind: "ramp", fromEventsPerSecond: 10, toEventsPerSecond: 30, durationMs: 1_000 },
      { eventsPerSecond: 30, durationMs: 1_000 },
      20,
    ],
    [
      {
        kind: "step",
        steps: [
          { eventsPerSecond: 5, durationMs: 1_000 },
          { eventsPerSecond: 9, durationMs: 2_000 },
        ],
      },
      { eventsPerSecond: 9, durationMs: 3_000 },
      23,
    ],
    [
      { kind: "spike", baseEventsPerSecond: 10, spikeEventsPerSecond: 90, baseMs: 1_000, spikeMs: 500 },
      { eventsPerSecond: 90, durationMs: 2_500 },
      65,
    ],
    [
      { kind: "search", lowestEventsPerSecond: 1, highestEventsPerSecond: 70, stepMs: 1_000, budgetMs: 9_000 },
      { eventsPerSecond: 70, durationMs: 9_000 },
      630,
    ],
    // It has no rate; what it sends are requests, of three events each here.
    [
      { kind: "closed-loop", connections: 8, durationMs: 5_000, mostRequests: 100 },
      { eventsPerSecond: 0, durationMs: 5_000 },
      300,
    ],
  ];
  it.each(table)("%o", (profile, extent, events) => {
    expect(extentOf(profile)).toEqual(extent);
    expect(mostEventsOf(profile, 3)).toBeCloseTo(events);
  });
});

describe("the endpoint of a load", () => {
  const scenario = (url: string): Scenario => ({
    name: "a",
    sentence: "",
    pipeline: "p",
    producer: "p",
    entry: { kind: "http", via: "alb", method: "POST", url, body: "{}", batchBody: null },
    hops: [{ kind: "entry", name: "entry" }],
    load: { requests: [], intervalMs: 0 },
    deadlines: { requestMs: 1, eventsMs: 1, logsMs: 1, metricsMs: 1 },
    policy: { duplicated: "pass", unexpected: "fail" },
    roles: {},
  });

  it("is taken where an output names its host, as a URL or as a name", () => {
    const url = "http://my-alb.example.com/events";
    expect(() => checkEndpoint(scenario(url), new Map([["alb_url", "http://my-alb.example.com"]]))).not.toThrow();
    expect(() => checkEndpoint(scenario(url), new Map([["alb_dns_name", "my-alb.example.com"]]))).not.toThrow();
  });

  it("is refused where none does, whatever else the text of an output holds", () => {
    const url = "https://somebody.example.org/";
    const outputs = new Map<string, unknown>([
      ["alb_url", "http://my-alb.example.com"],
      ["note", "see https://somebody.example.org/ for more"],
    ]);
    expect(() => checkEndpoint(scenario(url), outputs)).toThrow("somebody.example.org is not named by any output");
  });
});
