import { describe, expect, it } from "vitest";
import type { Fact } from "../model/fact.ts";
import type { PhaseResult } from "../model/load-report.ts";
import type { Report } from "../model/report.ts";
import { LoadHistory } from "../reconcile/load/testing/load-history.ts";
import { codes, judged, steady } from "./testing/judged.ts";

function phasesOf(report: Report): readonly PhaseResult[] {
  return report.loads?.[0]?.phases ?? [];
}

const upTo = (until: number, from = 0): number[] => Array.from({ length: until - from }, (_, index) => from + index);

describe("a phase", () => {
  const figuresOf = (history: LoadHistory) => {
    const report = judged(history.finish());
    const [phase] = phasesOf(report);
    return { report, holds: phase?.holds, why: phase?.why };
  };

  it("is measured by its own events", () => {
    const report = judged(
      new LoadHistory()
        .phase(50, 5)
        .phase(200, 5, { entryMs: () => 100 })
        .finish(),
    );
    expect(phasesOf(report)).toMatchObject([
      { sentEventsPerSecond: 50, ackedEventsPerSecond: 50, holds: "pass", entryP50Ms: expect.closeTo(20, 0) },
      { sentEventsPerSecond: 200, ackedEventsPerSecond: 200, holds: "pass", entryP50Ms: expect.closeTo(100, 0) },
    ]);
  });

  it.each([
    ["errors", new LoadHistory().phase(100, 10).answer("unknown", ...upTo(11)), "11 of 1000 events were not acked"],
    ["entry latency", new LoadHistory().phase(100, 10, { entryMs: (ms) => (ms < 200 ? 900 : 20) }), "entry p99 900"],
    ["latency to the sink", new LoadHistory().phase(100, 10, { sinkMs: () => 5_500 }), "sink p99 5"],
    [
      "a backlog that grows",
      new LoadHistory().phase(100, 20, { sinkMs: (ms) => 100 + ms * 0.06 }),
      "the backlog grew by 5.",
    ],
    ["lost events", new LoadHistory().phase(100, 10).lose(1), "1 of 1000 acked events were lost"],
  ])("does not hold for %s", (_, history, why) => {
    const { report, holds, why: said } = figuresOf(history);
    expect({ holds, said }).toEqual({ holds: "fail", said: expect.stringContaining(why) });
    expect(report.findings.find(({ code }) => code === "load.held")).toMatchObject({
      verdict: "fail",
      cause: expect.any(String),
      remedy: { text: expect.any(String) },
    });
  });

  it("does not hold where its answers came long after it, in another's time", () => {
    const history = new LoadHistory().phase(100, 5, { entryMs: (ms) => (ms > 4_800 ? 3_000 : 20) }).phase(100, 5);
    expect(figuresOf(history)).toMatchObject({
      holds: "fail",
      why: expect.stringContaining("after the end of the phase"),
    });
  });

  it("does not hold where the iterator age rises above its bound, and holds without one where every event came sooner", () => {
    const metric = (value: number) =>
      new LoadHistory().phase(100, 10).add({
        fact: "load-metric",
        atMs: steady().deadlineMs(),
        scenario: "alb-to-table",
        namespace: "AWS/Lambda",
        metric: "IteratorAge",
        statistic: "Maximum",
        dimensions: { FunctionName: "processor" },
        periodMs: 1000,
        datapoints: [{ startMs: (steady().phases[0]?.startMs ?? 0) + 2000, value }],
      });
    expect(figuresOf(metric(10_001)).why).toContain("iterator age 10001 ms");
    expect(figuresOf(metric(9_000)).holds).toBe("pass");
    expect(figuresOf(steady()).holds).toBe("pass");
    const policy = { latencyP99Ms: 500, errorRatio: 0.01, sinkP99Ms: 5_000, iteratorAgeMs: 100 };
    expect(figuresOf(new LoadHistory({ policy }).phase(100, 10))).toMatchObject({
      holds: "unknown",
      why: "no iterator age was read",
    });
  });

  it("holds with a batchy consumer whose backlog rises and falls", () => {
    const sinkMs = (ms: number): number => 200 + (1000 - (ms % 1000));
    expect(figuresOf(new LoadHistory().phase(100, 10, { sinkMs })).holds).toBe("pass");
  });

  it("holds where a slow load left an event or two more behind than it began with, and not where they go on piling up", () => {
    const sinkMs = (ms: number): number => 200 + ms * 0.2;
    expect(figuresOf(new LoadHistory().phase(5, 4, { sinkMs })).holds).toBe("pass");
    expect(figuresOf(new LoadHistory().phase(5, 25, { sinkMs })).why).toContain("the backlog grew by");
  });

  it("is unknown, and not failed, where the sender did not keep its own plan", () => {
    const late = figuresOf(new LoadHistory().phase(100, 10, { sendDelayMs: 60, entryMs: () => 80 }));
    expect(late).toMatchObject({ holds: "unknown", why: expect.stringContaining("send delay p99 60") });
    expect(codes(late.report, "unknown")).toEqual(["load.held", "load.sender-late"]);
    const slow = figuresOf(new LoadHistory().phase(100, 10, { sendDelayMs: 300, entryMs: () => 700 }));
    expect(slow.holds).toBe("unknown");
    const unsent = figuresOf(steady().answer("unsent", 1, 2));
    expect(unsent.holds).toBe("unknown");
    expect(codes(unsent.report, "unknown")).toEqual(["load.held", "event.unsent", "load.sender-late"]);
  });

  it("fails in spite of a late sender where the errors are proven", () => {
    const history = new LoadHistory().phase(100, 10, { sendDelayMs: 60, entryMs: () => 80 });
    expect(figuresOf(history.answer("rejected", ...upTo(100))).holds).toBe("fail");
  });

  it("is unknown where nothing was measured", () => {
    const without = (change: (fact: Fact) => Fact) => judged(steady().finish().map(change));
    const noLatency = without((fact) => (fact.fact === "load-second" ? { ...fact, latency: "" } : fact));
    expect(phasesOf(noLatency)[0]).toMatchObject({ holds: "unknown", why: "no latency of the entry was measured" });
    const broken = without((fact) => (fact.fact === "load-second" ? { ...fact, latency: "HISTFrubbish" } : fact));
    expect(phasesOf(broken)[0]?.holds).toBe("unknown");
    const blind = judged(
      steady()
        .finish()
        .filter(({ fact }) => fact !== "load-arrived"),
    );
    expect(phasesOf(blind)[0]?.holds).toBe("unknown");
    expect(blind.verdict).toBe("unknown");
  });
});

describe("a search", () => {
  const profile = {
    kind: "search",
    lowestEventsPerSecond: 50,
    highestEventsPerSecond: 800,
    stepMs: 5_000,
    budgetMs: 60_000,
  } as const;
  const search = () =>
    new LoadHistory({ profile })
      .phase(100, 5, { purpose: "search" })
      .phase(400, 5, { purpose: "search", pauseMs: 2_000, entryMs: () => 2_000 });

  it("does not fail for the phases that broke, nor for what they could not send", () => {
    const report = judged(
      search()
        .answer("unknown", ...upTo(1400, 600))
        .answer("unsent", 599)
        .finish(),
    );
    expect(phasesOf(report).map(({ holds }) => holds)).toEqual(["pass", "fail"]);
    expect(codes(report, "fail")).toEqual([]);
    expect(codes(report, "unknown")).toEqual([]);
    expect(report.findings.find(({ code }) => code === "load.capacity")).toMatchObject({
      verdict: "pass",
      statement: expect.stringMatching(/events\/s hold, 400\/s does not\./),
      evidence: [expect.stringContaining("held"), expect.stringContaining("did not hold: 800 of")],
    });
  });

  it("does not know what it found where no step could be judged", () => {
    const late = { purpose: "search", sendDelayMs: 200, entryMs: () => 220 } as const;
    const report = judged(new LoadHistory({ profile }).phase(100, 5, late).phase(200, 5, late).finish());
    expect(codes(report, "unknown")).toEqual(["load.capacity"]);
  });

  it("fails for a lost event at any rate", () => {
    expect(codes(judged(search().lose(1500).finish()), "fail")).toEqual(["event.lost"]);
  });

  it("holds the proof of its recommendation to the policy", () => {
    const proof = (entryMs: number) =>
      judged(
        search()
          .phase(300, 5, { purpose: "proof", pauseMs: 5_000, entryMs: () => entryMs })
          .finish(),
      );
    expect(proof(20).findings.find(({ code }) => code === "load.target-held")?.verdict).toBe("pass");
    expect(codes(proof(800), "fail")).toEqual(["load.target-held"]);
  });
});
