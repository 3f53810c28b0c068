import { describe, expect, it } from "vitest";
import type { LoadEngineTold } from "../model/load-fact.ts";
import { START_MS } from "../model/testing/history.ts";
import { LoadHistory } from "../reconcile/load/testing/load-history.ts";
import { judged } from "./testing/judged.ts";

const ENGINE = { name: "artillery", version: "2.0.21", runsOn: "local" } as const;

/** A healthy load of 1,000 requests by two workers, of which two met with a 503 and one with no answer. */
function loaded(): LoadHistory {
  return new LoadHistory({ engine: ENGINE }).phase(100, 10);
}

function told(worker: number, report: LoadEngineTold["report"], unnamedRequests = 0): LoadEngineTold {
  const about = { scenario: "alb-to-table", engine: "artillery", version: "2.0.21" };
  return { fact: "load-engine", atMs: START_MS + 13_000, ...about, worker, report, unnamedRequests };
}

function counters(more: Readonly<Record<string, number>> = {}): LoadEngineTold["report"] {
  const healthy = { "http.requests": 500, "http.codes.202": 500, "vusers.created": 500, "vusers.failed": 0 };
  return { kind: "read", counters: { ...healthy, ...more } };
}

function mismatch(history: LoadHistory) {
  return judged(history.finish()).findings.filter(({ code }) => code === "load.ledger-mismatch");
}

describe("another engine's counters", () => {
  it("pass where they are those of the ledger", () => {
    expect(mismatch(loaded().add(told(0, counters())).add(told(1, counters())))).toMatchObject([
      {
        verdict: "pass",
        subject: "alb-to-table / artillery",
        statement: "The counters of artillery 2.0.21 agree with the ledger: 1000 requests sent.",
      },
    ]);
  });

  it("fail where they are others, with both figures, a cause and a remedy", () => {
    const more = counters({ "http.requests": 507, "http.codes.202": 500, "http.codes.500": 7 });
    const report = judged(loaded().add(told(0, counters())).add(told(1, more)).finish());
    expect(report.verdict).toBe("fail");
    expect(report.findings.find(({ code }) => code === "load.ledger-mismatch")).toMatchObject({
      verdict: "fail",
      evidence: [
        "http.requests: 1007 by the engine's report, 1000 by the ledger",
        "http.codes.500: 7 by the engine's report, 0 by the ledger",
      ],
      cause: expect.stringContaining("other requests"),
      remedy: { text: expect.stringContaining("--engine") },
    });
  });

  it("count an answer that broke behind its status line as both, as Artillery does", () => {
    const failed = { "http.codes.202": 500, "errors.ECONNRESET": 1, "vusers.failed": 1 };
    const history = loaded()
      .answer("unknown", 0)
      .add(told(0, counters(failed)))
      .add(told(1, counters()));
    expect(mismatch(history)).toMatchObject([{ verdict: "pass" }]);
    const tooMany = loaded()
      .answer("unknown", 0)
      .add(told(0, counters({ ...failed, "http.codes.202": 501 })));
    expect(mismatch(tooMany.add(told(1, counters())))).toMatchObject([{ verdict: "fail" }]);
  });

  it("prove nothing where a report is missing, or none was looked for", () => {
    const missing = told(1, { kind: "missing", reason: "Artillery wrote no report" });
    expect(mismatch(loaded().add(told(0, counters())).add(missing))).toMatchObject([
      { verdict: "unknown", evidence: ["worker 1: Artillery wrote no report"] },
    ]);
    expect(mismatch(loaded())).toMatchObject([{ verdict: "unknown" }]);
  });

  it("prove nothing where they do not say which requests failed", () => {
    const history = loaded()
      .add(told(0, counters()))
      .add(told(1, counters(), 3));
    expect(mismatch(history)).toMatchObject([
      { verdict: "unknown", evidence: [expect.stringContaining("of 3 requests")] },
    ]);
  });

  it("are not asked for where our own sender sent", () => {
    expect(mismatch(new LoadHistory().phase(100, 10))).toEqual([]);
  });
});

describe("a closed loop", () => {
  it("is told with its figures, and judged for its events and no rate", () => {
    const history = new LoadHistory({
      profile: { kind: "closed-loop", connections: 8, durationMs: 10_000, mostRequests: 5_000 },
    });
    const figures = { connections: 8, durationMs: 10_000, ackedRequestsPerSecond: 100, p50Ms: 20, p99Ms: 20 };
    history.phase(100, 10, { purpose: "saturation", entryMs: () => 900 }).add({
      fact: "load-saturated",
      atMs: START_MS + 12_000,
      scenario: history.scenario.name,
      ...figures,
      rejectedRequests: 0,
      unknownRequests: 0,
    });
    const report = judged(history.finish());
    expect(report.verdict).toBe("pass");
    expect(report.findings.some(({ code }) => code === "load.held")).toBe(false);
    expect(report.loads?.[0]).toMatchObject({ saturation: figures, capacity: { kind: "not-searched" } });
    expect(report.loads?.[0]?.phases).toMatchObject([{ holds: "pass", why: "a closed loop, which holds no rate" }]);
  });
});
