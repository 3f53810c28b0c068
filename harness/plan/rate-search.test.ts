import { describe, expect, it } from "vitest";
import { between, randomOf } from "../testing/random.ts";
import { runSearch } from "./rate-search/testing/run-search.ts";
import { anySystem, places, queue, tableBehindStream, tokenBucket } from "./rate-search/testing/systems.ts";
import { type JudgedStep, nextStep, type SearchProfile } from "./rate-search.ts";

const search: SearchProfile = {
  kind: "search",
  lowestEventsPerSecond: 5,
  highestEventsPerSecond: 1_000,
  stepMs: 8_000,
  budgetMs: 90_000,
};

const held = (eventsPerSecond: number, durationMs = 8_000): JudgedStep => ({
  purpose: "search",
  eventsPerSecond,
  durationMs,
  holds: "pass",
  unknownBecause: null,
  throughputEventsPerSecond: eventsPerSecond,
  brokeAfterMs: null,
  mayBeHiccup: false,
  backlogAtEnd: 0,
});

const broke = (eventsPerSecond: number, through: number, brokeAfterMs: number | null = null): JudgedStep => ({
  ...held(eventsPerSecond),
  holds: "fail",
  throughputEventsPerSecond: through,
  brokeAfterMs,
});

const unjudged = (eventsPerSecond: number, unknownBecause: "sender" | "not-measured"): JudgedStep => ({
  ...held(eventsPerSecond),
  holds: "unknown",
  unknownBecause,
  throughputEventsPerSecond: null,
});

describe("the search for the highest rate", () => {
  it("finds the planted limit of a thousand systems within 5% in 95 of 100, and never says more than 5% too much", () => {
    const runs = Array.from({ length: 1_000 }, (_, seed) => {
      const random = randomOf(seed);
      const system = anySystem(random);
      const { end, loadMs } = runSearch(search, system, random);
      return { system: system.name, share: (end.holdsEventsPerSecond ?? 0) / system.truthEventsPerSecond, loadMs };
    });
    expect(runs.filter(({ share }) => share > 1.05)).toEqual([]);
    expect(runs.filter(({ share }) => share >= 0.95).length).toBeGreaterThanOrEqual(950);
    expect(Math.max(...runs.map(({ loadMs }) => loadMs))).toBeLessThanOrEqual(90_000);
  });

  it("does so with a step in twenty that nobody can judge", () => {
    const runs = Array.from({ length: 400 }, (_, seed) => {
      const random = randomOf(10_000 + seed);
      const system = anySystem(random);
      const { end, loadMs } = runSearch(search, system, random, 0.05);
      return { share: (end.holdsEventsPerSecond ?? 0) / system.truthEventsPerSecond, loadMs };
    });
    expect(runs.filter(({ share }) => share > 1.05)).toEqual([]);
    expect(runs.filter(({ share }) => share >= 0.95).length).toBeGreaterThanOrEqual(380);
    expect(Math.max(...runs.map(({ loadMs }) => loadMs))).toBeLessThanOrEqual(90_000);
  });

  it("keeps its budget and ends, whatever the profile", () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = randomOf(20_000 + seed);
      const lowest = between(random, 1, 50);
      const stepMs = Math.round(between(random, 2_000, 15_000));
      const profile: SearchProfile = {
        kind: "search",
        lowestEventsPerSecond: lowest,
        highestEventsPerSecond: lowest * between(random, 1.1, 2_000),
        stepMs,
        budgetMs: Math.round(stepMs * between(random, 1, 15)),
      };
      const { loadMs, end } = runSearch(profile, anySystem(random), random, 0.1);
      expect(loadMs).toBeLessThanOrEqual(profile.budgetMs);
      expect(end.confidence).not.toBe("");
    }
  });

  it("says that the highest rate asked for held where nothing breaks", () => {
    const { end } = runSearch(search, places(1_000, 10), randomOf(1));
    expect(end).toMatchObject({ holdsEventsPerSecond: 1_000, breaksEventsPerSecond: null, limitedBy: "ceiling" });
  });

  it("tells what lasts from what saved-up capacity carries", () => {
    const { end } = runSearch(search, tokenBucket(100, 400), randomOf(2));
    expect(end.burst?.eventsPerSecond).toBeGreaterThan(120);
    expect(Math.abs((end.holdsEventsPerSecond ?? 0) / 100 - 1)).toBeLessThan(0.05);
    expect(end.confidence).toContain("only for a while");
  });

  it("finds what the settings carry in the long run, whatever saved-up capacity and back-off make of it", () => {
    const shares = [1, 5, 60].flatMap((burstSeconds) =>
      Array.from({ length: 200 }, (_, seed) => {
        const random = randomOf(30_000 + seed);
        const rate = between(random, 12, 200);
        const table = tableBehindStream(rate, rate * burstSeconds, 0.1);
        const { end } = runSearch(search, table, random, 0.03, rate);
        return Math.min(end.holdsEventsPerSecond ?? 0, rate) / rate;
      }),
    );
    expect(shares.filter((share) => share < 0.95)).toEqual([]);
  });

  it("finds less where the settings promise more than is carried", () => {
    const { end } = runSearch(search, queue(1, 20), randomOf(4), 0, 60);
    expect(Math.abs((end.holdsEventsPerSecond ?? 0) / 50 - 1)).toBeLessThan(0.05);
  });

  it("finds a limit below the lowest rate asked for", () => {
    const { end } = runSearch({ ...search, lowestEventsPerSecond: 50 }, queue(1, 50), randomOf(3));
    expect(Math.abs((end.holdsEventsPerSecond ?? 0) / 20 - 1)).toBeLessThan(0.05);
  });

  it("goes not far above what cannot last", () => {
    const steps = [held(5, 3_200), held(10, 3_200), held(20, 3_200)];
    expect(nextStep(search, steps, 10)).toMatchObject({ kind: "run", eventsPerSecond: 40 });
    expect(nextStep(search, [...steps, held(40, 3_200)], 10)).toMatchObject({
      purpose: "confirm",
      eventsPerSecond: 40,
    });
  });
});

describe("near what the settings carry in the long run, the next step", () => {
  const up = [held(40, 3_200), broke(80, 60)];
  const confirmed = { ...held(44.1, 12_000), purpose: "confirm" } as const;

  it.each([
    ["more would be tried", broke(80, 60)],
    ["what came through while writers backed off would be tried", broke(80, 41)],
  ])("confirms that rate, where %s", (_, broken) => {
    expect(nextStep(search, [held(40, 3_200), broken], 45)).toMatchObject({
      purpose: "confirm",
      eventsPerSecond: 44.1,
    });
  });

  it("is none once it is confirmed", () => {
    expect(nextStep(search, [...up, confirmed], 45)).toMatchObject({ kind: "done", holdsEventsPerSecond: 44.1 });
  });

  it("is below it once it broke too", () => {
    const next = nextStep(search, [...up, { ...broke(44.1, 30), purpose: "confirm" }], 45);
    expect(next).toMatchObject({ kind: "run", purpose: "confirm", eventsPerSecond: 29.4 });
  });

  it("is what it would be else, where nothing above it broke in full", () => {
    const probes = [held(40, 3_200), broke(80, 60)].map((step) => ({ ...step, durationMs: 3_200 }));
    expect(nextStep(search, probes, 45)).toEqual(nextStep(search, probes));
  });
});

describe("the next step", () => {
  it("is a short probe at the lowest rate at first, and starts when the backlog is gone", () => {
    expect(nextStep(search, [])).toEqual({
      kind: "run",
      purpose: "search",
      eventsPerSecond: 5,
      durationMs: 3_200,
      drainFirst: true,
    });
  });

  it("after a step that broke is just below what came through", () => {
    const next = nextStep(search, [held(320), broke(640, 400)]);
    expect(next).toMatchObject({ purpose: "search", eventsPerSecond: 392, durationMs: 8_000 });
  });

  it("believes one ceiling at several rates before a rate that held on what was saved up", () => {
    const next = nextStep(search, [held(40), broke(160, 24), broke(83, 25)]);
    expect(next).toMatchObject({ purpose: "confirm", eventsPerSecond: 24 });
  });

  it("confirms what held once what broke is within 5%", () => {
    const next = nextStep(search, [held(320), broke(640, 400), held(392), broke(408, 400)]);
    expect(next).toMatchObject({ purpose: "confirm", eventsPerSecond: 392, durationMs: 12_000 });
  });

  it("after a confirming step that broke confirms a little less", () => {
    const steps = [held(392), broke(408, 400), { ...broke(392, 391), purpose: "confirm" as const }];
    const next = nextStep(search, steps);
    expect(next).toMatchObject({ kind: "run", purpose: "confirm" });
    expect(next.kind === "run" ? next.eventsPerSecond : 0).toBeCloseTo(392 / 1.042, 0);
  });

  it("repeats a step that could not be judged, once, and then passes it by", () => {
    const steps = [held(100), unjudged(200, "not-measured")];
    expect(nextStep(search, steps)).toMatchObject({ kind: "run", eventsPerSecond: 200 });
    const after = [...steps, unjudged(200, "not-measured")];
    expect(nextStep(search, after)).toMatchObject({ kind: "run", eventsPerSecond: 400 });
    expect(nextStep(search, [...after, broke(400, 300)])).toMatchObject({ kind: "run", eventsPerSecond: 294 });
  });

  it("ends with the sender as the limit where more could not be sent", () => {
    const steps = [
      held(198),
      unjudged(200, "sender"),
      unjudged(200, "sender"),
      { ...held(198), purpose: "confirm" as const },
    ];
    const end = nextStep(search, steps);
    expect(end).toMatchObject({
      kind: "done",
      holdsEventsPerSecond: 198,
      breaksEventsPerSecond: null,
      limitedBy: "sender",
    });
    expect(end.kind === "done" ? end.confidence : "").toContain("sender was late");
  });

  it("runs a full step again that broke by nothing but latency, and believes it if it holds", () => {
    const slow = { ...broke(160, 160), mayBeHiccup: true };
    expect(nextStep(search, [held(80), slow])).toMatchObject({ eventsPerSecond: 160, durationMs: 8_000 });
    expect(nextStep(search, [held(80), slow, held(160)])).toMatchObject({ eventsPerSecond: 320 });
    const twice = nextStep(search, [held(80), slow, slow]);
    expect(twice.kind === "run" ? twice.eventsPerSecond : 0).toBeLessThan(160);
  });

  it("runs a probe again in full where it broke though all of its load came through", () => {
    const probe = { ...broke(160, 159), durationMs: 3_200 };
    expect(nextStep(search, [held(80), probe])).toMatchObject({ eventsPerSecond: 160, durationMs: 8_000 });
    const again = nextStep(search, [held(80), probe, held(160)]);
    expect(again).toMatchObject({ eventsPerSecond: 320 });
  });
});
