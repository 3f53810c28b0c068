import { describe, expect, it } from "vitest";
import type { Report } from "../model/report.ts";
import { failing, passing, report, unknown } from "../model/testing/reports.ts";
import { type ComparedRun, compareRuns } from "./compare-runs.ts";
import type { Counted } from "./rank-sum.ts";

const latencies = (...values: number[]): ReadonlyMap<string, readonly Counted[]> =>
  new Map([["alb to its sink", values.map((value) => ({ value, count: 1 }))]]);
const QUICK = latencies(40, 41, 42, 43, 44, 45, 46, 47, 48, 49);
const SLOW = latencies(80, 81, 82, 83, 84, 85, 86, 87, 88, 89);
const run = (one: Report, measured: ComparedRun["latencies"] = QUICK): ComparedRun => ({
  report: one,
  latencies: measured,
});
const healthy = report([passing()], "pass");
const told = (before: ComparedRun, after: ComparedRun) =>
  compareRuns(before, after).map(({ about, direction }) => `${about} ${direction}`);

describe("comparing runs", () => {
  it("says that nothing changed between a run and itself", () => {
    expect(new Set(compareRuns(run(healthy), run(healthy)).map(({ direction }) => direction))).toEqual(
      new Set(["same"]),
    );
  });

  it("tells a failure that is new first, and one that is gone as better", () => {
    const broken = report([failing(), passing()], "fail");
    expect(told(run(healthy), run(broken)).slice(0, 2)).toEqual(["verdict worse", "finding worse"]);
    expect(told(run(broken), run(healthy)).slice(0, 2)).toEqual(["verdict better", "finding better"]);
  });

  it("takes what became unknown for worse, and what is known again for better", () => {
    const blind = report([unknown()], "unknown");
    expect(told(run(healthy), run(blind))).toContain("finding worse");
    expect(told(run(blind), run(healthy))).toContain("finding better");
  });

  it("tells a shift of latency with its probability, and a wobble from it", () => {
    const slower = compareRuns(run(healthy), run(healthy, SLOW)).find(({ about }) => about === "latency");
    expect(slower).toMatchObject({ direction: "worse" });
    expect(slower?.statement).toMatch(/^slower: p50 44 ms before, 84 ms now .* with 100% \(p = 0\.00\d+\)$/);
    const wobble = latencies(41, 40, 43, 42, 45, 44, 47, 46, 49, 50);
    expect(told(run(healthy), run(healthy, wobble))).toContain("latency same");
  });

  it("does not call one loss of few events a trend, and one share of many for another", () => {
    const lost = (count: number, of: number) =>
      run(report([passing()], "pass", { events: { ...healthy.events, sent: of, acked: of, lost: count } }));
    expect(told(lost(0, 20), lost(1, 20))).toContain("losses same");
    expect(told(lost(0, 20_000), lost(40, 20_000))).toContain("losses worse");
  });

  it("says that it cannot tell where there are too few events", () => {
    expect(told(run(healthy), run(healthy, latencies(1, 2, 3)))).toContain("latency not-known");
  });
});
