import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../deployment/package-root.ts";
import type { Fact } from "../model/fact.ts";
import { FINDING_CODES } from "../model/finding-code.ts";
import type { PhaseResult } from "../model/load-report.ts";
import type { Report } from "../model/report.ts";
import { EVENTS_MS, LoadHistory } from "../reconcile/load/testing/load-history.ts";
import { renderJson } from "../report/json.ts";
import { judge } from "./judge.ts";

const schema = JSON.parse(readFileSync(join(packageRoot(), "harness", "report", "report.schema.json"), "utf8"));
const conforms = new Ajv2020({ strict: true, validateFormats: false, allErrors: true }).compile(schema);

/** Judges, and holds the report to what every report must be. */
function judged(facts: readonly Fact[]): Report {
  const report = judge(facts);
  expect(conforms(JSON.parse(renderJson(report))), JSON.stringify(conforms.errors)).toBe(true);
  expect(report.findings.map(({ code }) => code).filter((code) => !(code in FINDING_CODES))).toEqual([]);
  expect(report.events.intended).toBeGreaterThanOrEqual(report.events.acked);
  return report;
}

function codes({ findings }: Report, verdict: "pass" | "unknown" | "fail"): string[] {
  return findings.filter((finding) => finding.verdict === verdict).map(({ code }) => code);
}

function phasesOf(report: Report): readonly PhaseResult[] {
  return report.loads?.[0]?.phases ?? [];
}

const steady = () => new LoadHistory().phase(100, 10);
const upTo = (until: number, from = 0): number[] => Array.from({ length: until - from }, (_, index) => from + index);

describe("a load run", () => {
  it("passes where every event went through in time, and says nothing else", () => {
    const report = judged(steady().finish());
    expect(report.verdict).toBe("pass");
    expect(codes(report, "pass").sort()).toEqual(
      ["event.duplicated", "event.lost", "hop.seen", "hop.seen", "load.data", "load.held"].sort(),
    );
    expect(report.events).toMatchObject({ intended: 1000, sent: 1000, acked: 1000, arrived: 1000, lost: 0 });
    expect(report.latency).toMatchObject({ kind: "measured", count: 1000, p50Ms: expect.closeTo(300, 0) });
    expect(report.loads?.[0]).toMatchObject({ capacity: { kind: "not-searched" }, recommendation: null });
  });

  it("measures each phase by its own events", () => {
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

  it("shows what was planned, sent and acked in each second", () => {
    const seconds = judged(new LoadHistory().phase(10, 2, { to: 30 }).finish()).loads?.[0]?.seconds;
    expect(seconds?.planned.slice(0, 2)).toEqual([15, 25]);
    expect(seconds?.sent.reduce((sum, one) => sum + one, 0)).toBe(40);
    expect(seconds?.acked.reduce((sum, one) => sum + one, 0)).toBe(40);
    expect(seconds?.p99Ms[0]).toBeCloseTo(20, 0);
  });

  it("counts by events and not by requests where one carries several", () => {
    const report = judged(new LoadHistory({ eventsPerRequest: 5 }).phase(100, 10).finish());
    expect(report.events).toMatchObject({ intended: 1000, acked: 1000, arrived: 1000 });
    expect(report.loads?.[0]?.seconds.sent.slice(0, 3)).toEqual([100, 100, 100]);
    expect(report.verdict).toBe("pass");
  });
});

describe("what happened to the events", () => {
  it("is loss where a consistent read after the deadline did not find what the entry had acked", () => {
    const report = judged(steady().lose(3, 500, 501).finish());
    expect(report.verdict).toBe("fail");
    expect(report.events.lost).toBe(3);
    const lost = report.findings.find(({ code }) => code === "event.lost");
    expect(lost).toMatchObject({
      verdict: "fail",
      subject: "alb-to-table / table",
      statement: "3 of 1000 acked events were not seen at table; stream saw them last.",
      cause: expect.stringMatching(/^cause not known: /),
      remedy: expect.stringContaining("table events"),
    });
    expect(lost?.evidence.join("\n")).toMatch(/lost: .*alb-3, .*alb-500, .*alb-501\n.*3 in phase 0 \(100\/s\)/);
  });

  it("names the stream where the stream did not get them, and tells two cuts apart", () => {
    const report = judged(steady().loseBeforeStream(7).lose(8, 9).finish());
    const subjects = report.findings.filter(({ code }) => code === "event.lost").map(({ subject }) => subject);
    expect(subjects).toEqual(["alb-to-table / stream", "alb-to-table / table"]);
    expect(report.events.lost).toBe(3);
  });

  it("is not called loss where nobody looked for them, or too early, or not consistently", () => {
    const facts = steady().lose(3).finish();
    const changed = (change: Partial<Extract<Fact, { fact: "load-absent" }>>) =>
      judged(facts.map((fact) => (fact.fact === "load-absent" ? { ...fact, ...change } : fact)));
    const early = (new LoadHistory().phase(100, 10).phases[0]?.startMs ?? 0) + 10_000 + EVENTS_MS - 1;
    for (const report of [
      judged(steady().leaveOpen(3).finish()),
      changed({ readAtMs: early }),
      changed({ consistent: false }),
    ]) {
      expect(report.verdict).toBe("unknown");
      expect(report.events.lost).toBe(0);
      expect(codes(report, "unknown")).toContain("event.unaccounted");
    }
    expect(changed({ readAtMs: early + 1 }).events.lost).toBe(1);
  });

  it("is recovery where the answer was open and the event arrived, and no loss where it did not", () => {
    const report = judged(steady().answer("unknown", 10, 11).lose(11).finish());
    expect(report.events).toMatchObject({ unknown: 2, recovered: 1, lost: 0, arrived: 999 });
    expect(report.verdict).toBe("pass");
    expect(codes(report, "pass")).toContain("event.recovered");
  });

  it("counts a rejected event and does not look for it", () => {
    const report = judged(steady().answer("rejected", 10).finish());
    expect(report.events).toMatchObject({ rejected: 1, acked: 999, arrived: 999, lost: 0 });
    expect(report.verdict).toBe("pass");
  });

  it.each(["pass", "unknown", "fail"] as const)("leaves duplicates to the scenario's policy: %s", (duplicated) => {
    const history = new LoadHistory({}, { policy: { duplicated, unexpected: "fail" } }).phase(100, 10);
    const report = judged(history.repeat("stream", 4).repeat("table", 5, 3).finish());
    expect(report.verdict).toBe(duplicated);
    expect(report.events.duplicated).toBe(2);
    expect(report.findings.filter(({ code }) => code === "event.duplicated")).toMatchObject([
      {
        verdict: duplicated,
        subject: "alb-to-table / stream",
        statement: "1 event was seen more than once at stream.",
      },
      {
        verdict: duplicated,
        subject: "alb-to-table / table",
        evidence: expect.arrayContaining([expect.stringContaining("3 occurrences")]),
      },
    ]);
  });

  it("is unexpected where it was never planned, or where the sender says that it never sent it", () => {
    const arrived = {
      fact: "load-arrived",
      atMs: steady().deadlineMs(),
      scenario: "alb-to-table",
      hop: "stream",
      seen: { kind: "ranges", ranges: [20, 21, 5000, 5002] },
      repeated: { kind: "ranges", ranges: [] },
      extra: 0,
      strangers: [steady().tag(5001), steady().tag(9000)],
      latency: "",
    } as const;
    const report = judged(steady().answer("unsent", 20).add(arrived).finish());
    expect(report.events.unexpected).toBe(4);
    expect(codes(report, "unknown")).toContain("event.unexpected");
  });

  it("is told, and not judged, where it was overtaken", () => {
    const overtaken = { kind: "ranges", ranges: [5, 8] } as const;
    const fact = {
      fact: "load-reordered",
      atMs: steady().deadlineMs(),
      scenario: "alb-to-table",
      hop: "stream",
      overtaken,
      samples: [],
    } as const;
    const report = judged(steady().add(fact).finish());
    expect(report).toMatchObject({ verdict: "pass", events: { outOfOrder: 3 } });
    expect(codes(report, "pass")).toContain("event.reordered");
  });

  it("finds exactly what was planted", () => {
    const picks = fc.uniqueArray(fc.nat(999), { maxLength: 60 });
    fc.assert(
      fc.property(picks, picks, picks, (lost, duplicated, open) => {
        const history = steady().answer("unknown", ...open);
        for (const sequence of duplicated) history.repeat("stream", sequence);
        const { events } = judged(history.lose(...lost).finish());
        expect(events.lost).toBe(lost.filter((sequence) => !open.includes(sequence)).length);
        expect(events.duplicated).toBe(duplicated.length);
        expect(events.recovered).toBe(open.filter((sequence) => !lost.includes(sequence)).length);
        expect(events.sent).toBe(events.acked + events.rejected + events.unknown);
        expect(events.acked).toBe(events.arrived - events.recovered + events.lost);
      }),
      { numRuns: 15 },
    );
  });
});

describe("a phase", () => {
  const figuresOf = (history: LoadHistory) => {
    const report = judged(history.finish());
    const [phase] = phasesOf(report);
    return { report, holds: phase?.holds, why: phase?.why };
  };

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
      remedy: expect.any(String),
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

describe("a run that did not come to its end", () => {
  it("is never passed, and says what is left", () => {
    const facts = steady().finish();
    const interrupted: Fact = { fact: "interrupted", atMs: steady().deadlineMs(), signal: "SIGINT" };
    const report = judged([...facts, interrupted]);
    expect(report).toMatchObject({ verdict: "unknown", run: { interrupted: true } });
    expect(codes(report, "unknown")).toEqual(["run.interrupted"]);
    const aborted = judged(
      steady()
        .add({ fact: "load-aborted", atMs: 1, scenario: "alb-to-table", reason: "the error budget is spent" })
        .finish(),
    );
    expect(codes(aborted, "unknown")).toEqual(["load.aborted"]);
  });

  it("proves of a killed run what it proves, and never passes it, wherever its journal is cut", () => {
    const facts = steady().lose(3).finish();
    for (let length = 1; length < facts.length; length += 1) {
      const report = judge(facts.slice(0, length));
      expect(report.verdict).not.toBe("pass");
      expect(codes(report, "unknown")).toContain("run.truncated");
    }
    const healthy = steady().finish();
    for (let length = 1; length < healthy.length; length += 1) {
      expect(judge(healthy.slice(0, length)).verdict).toBe("unknown");
    }
  });

  it("says that nothing was planned, and what stays in the table", () => {
    expect(codes(judged(new LoadHistory().finish()), "unknown")).toContain("scenario.empty");
    const left = steady()
      .finish()
      .map(
        (fact): Fact =>
          fact.fact === "load-cleaned"
            ? { ...fact, outcome: { kind: "left", table: "events", reason: "no TTL" } }
            : fact,
      );
    expect(codes(judged(left), "unknown")).toEqual(["load.data"]);
    const silent = steady()
      .finish()
      .filter(({ fact }) => fact !== "load-cleaned");
    expect(codes(judged(silent), "unknown")).toEqual(["load.data"]);
  });
});

describe("the order of the facts", () => {
  it("does not matter, nor how often each is repeated", () => {
    const history = new LoadHistory({ eventsPerRequest: 3 }).phase(60, 4).phase(90, 4);
    history.lose(3, 200).repeat("stream", 9).answer("unknown", 30, 31, 32).answer("unsent", 60, 61, 62);
    const facts = history.finish();
    const expected = judged(facts);
    const shuffled = fc.shuffledSubarray(facts, { minLength: facts.length });
    const again = fc.shuffledSubarray(facts);
    fc.assert(
      fc.property(shuffled, again, (one, other) => {
        expect(judge([...one, ...other])).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});
