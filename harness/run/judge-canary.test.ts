import { describe, expect, it } from "vitest";
import type { CanaryContext, CanaryRun, Objectives } from "../model/canary.ts";
import type { Fact } from "../model/fact.ts";
import type { Report } from "../model/report.ts";
import { History, START_MS } from "../model/testing/history.ts";
import { judge } from "./judge.ts";

const objectives: Objectives = {
  successRatio: 0.95,
  windowRuns: 100,
  trendFailures: 2,
  trendRuns: 10,
  leastRuns: 5,
  blip: "unknown",
  sinkLatencyMs: 30_000,
  metricsFreshnessMs: 300_000,
  timeBudgetMs: 60_000,
  costBudgetUsd: 0.0012,
};
const past = (verdict: CanaryRun["verdict"], index: number): CanaryRun => ({
  version: 1,
  runId: `past${index}`,
  at: new Date(START_MS - (1_000 - index) * 60_000).toISOString(),
  stack: "mine",
  verdict,
  sinkLatencyMs: 40,
  metricsFreshnessMs: 2_000,
  failing: verdict === "fail" ? ["event.lost a / item"] : [],
  calls: 50,
  costUsd: 0.0001,
});
const passes = (count: number) => Array.from({ length: count }, (_, index) => past("pass", index));

/** The facts of a run as a canary's: with what came before it, and the calls that it made. */
function asCanary(facts: readonly Fact[], context: Partial<CanaryContext>, calls: Record<string, number> = {}): Fact[] {
  const canary: CanaryContext = { stack: "mine", objectives, history: [], acknowledgements: [], ...context };
  const [first, ...rest] = facts.map(
    (fact): Fact => (fact.fact === "run-started" ? { ...fact, kind: "canary", canary } : fact),
  );
  return first === undefined ? [] : [first, ...rest, { fact: "calls-made", atMs: START_MS, calls }];
}
const healthy = () => new History().pass(0, 3).finish();
const lossy = () => new History().pass(0, 2).passUpTo(3, "stream").finish();
const codes = ({ findings }: Report, verdict: string) =>
  findings.filter((finding) => finding.verdict === verdict).map(({ code }) => code);

describe("a canary's run", () => {
  it("passes where the run passes and the objectives are kept", () => {
    const report = judge(asCanary(healthy(), { history: passes(20) }));
    expect(report.verdict).toBe("pass");
    expect(codes(report, "pass")).toEqual(
      expect.arrayContaining(["canary.success", "canary.latency", "canary.freshness", "canary.cost"]),
    );
  });

  it("fails with the cause where it loses an event and there is no history", () => {
    const report = judge(asCanary(lossy(), {}));
    expect(report.verdict).toBe("fail");
    expect(codes(report, "fail")).toEqual(["event.lost", "canary.success"]);
    expect(report.findings.find(({ code }) => code === "event.lost")).toMatchObject({ cause: expect.any(String) });
  });

  it("is unknown for a single failure after good runs, and shows cause and remedy all the same", () => {
    const report = judge(asCanary(lossy(), { history: passes(20) }));
    expect(report.verdict).toBe("unknown");
    expect(report.scenarios.map(({ verdict }) => verdict)).toEqual(["unknown"]);
    const lost = report.findings.find(({ code }) => code === "event.lost");
    expect(lost).toMatchObject({ verdict: "unknown", remedy: { text: expect.any(String) } });
    expect(lost?.evidence.join("\n")).toContain("cause: ");
    expect(report.canary?.run.verdict).toBe("fail");
  });

  it("passes a single failure where the policy says so", () => {
    const report = judge(asCanary(lossy(), { history: passes(20), objectives: { ...objectives, blip: "pass" } }));
    expect(report.verdict).toBe("pass");
  });

  it("fails the second failure in ten runs, and names the run before", () => {
    const history = [...passes(20), past("fail", 20), past("pass", 21)];
    const report = judge(asCanary(lossy(), { history }));
    expect(codes(report, "fail")).toEqual(["event.lost", "canary.success"]);
    const success = report.findings.find(({ code }) => code === "canary.success");
    expect(success?.evidence.join("\n")).toContain("past20: event.lost a / item");
  });

  it("lets an acknowledged failure pass until its time is over", () => {
    const known = { code: "event.lost", until: new Date(START_MS + 60_000).toISOString(), reason: "ticket 12" };
    const over = { ...known, until: new Date(START_MS - 60_000).toISOString() };
    const report = judge(asCanary(lossy(), { acknowledgements: [known] }));
    expect(report.verdict).toBe("pass");
    expect(report.canary?.run).toMatchObject({ verdict: "pass", failing: [] });
    expect(judge(asCanary(lossy(), { acknowledgements: [over] })).verdict).toBe("fail");
  });

  it("prices its calls, and fails where they cost more than its budget", () => {
    const cheap = judge(
      asCanary(healthy(), { history: passes(20) }, { "cloudwatch:GetMetricData": 3, "iam:GetRole": 9 }),
    );
    expect(cheap.canary?.run).toMatchObject({ calls: 12, costUsd: 0.00003 });
    expect(cheap.canary?.calls[0]).toEqual({ operation: "iam:GetRole", count: 9, usd: 0 });
    const dear = judge(asCanary(healthy(), { history: passes(20) }, { "cloudwatch:GetMetricData": 200 }));
    expect(codes(dear, "fail")).toEqual(["canary.cost"]);
  });

  it("does not page for 3 scattered single failures in 100 runs, and does for 2 in 10", () => {
    const paged = (failures: readonly number[], runs: number) => {
      const history: CanaryRun[] = [];
      let pages = 0;
      for (let index = 0; index < runs; index += 1) {
        const report = judge(asCanary(failures.includes(index) ? lossy() : healthy(), { history: [...history] }));
        if (report.verdict === "fail") pages += 1;
        const { run } = report.canary ?? {};
        if (run !== undefined) history.push({ ...run, runId: `run${index}` });
      }
      return pages;
    };
    expect(paged([17, 48, 81], 100)).toBe(0);
    expect(paged([31, 36], 40)).toBeGreaterThan(0);
  });
});
