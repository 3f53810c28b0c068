import { describe, expect, it } from "vitest";
import type { ScenarioPolicy } from "../model/scenario.ts";
import {
  BAD_GATEWAY,
  DENIED,
  History,
  REJECTED,
  START_MS,
  streamScenario,
  TIMED_OUT,
} from "../model/testing/history.ts";
import { codes, judged } from "./testing/judged.ts";

function withPolicy(policy: ScenarioPolicy): History {
  return new History(streamScenario({ policy }));
}

describe("judge", () => {
  it("passes a run whose every event went through, and proves it hop by hop", () => {
    const report = judged(new History().pass(0, 11).finish());
    expect(report.verdict).toBe("pass");
    expect(report.events).toMatchObject({ intended: 12, acked: 12, arrived: 12, lost: 0, duplicated: 0 });
    expect(report.scenarios[0]?.hops.every(({ verdict }) => verdict === "pass")).toBe(true);
    expect(report.run).toMatchObject({
      durationMs: 90_000,
      interrupted: false,
      startedAt: new Date(START_MS).toISOString(),
    });
    expect(codes(report, "pass").filter((code) => code === "hop.seen")).toHaveLength(5);
  });

  it("fails a run that lost an event, with cause and remedy, the failure first", () => {
    const report = judged(new History().pass(0, 10).passUpTo(11, "stream").finish());
    expect(report.verdict).toBe("fail");
    expect(report.findings[0]).toMatchObject({
      code: "event.lost",
      subject: "alb-to-table / processor-log",
      cause: expect.stringMatching(/^cause not known: /),
      remedy: { text: expect.stringContaining("/aws/lambda/processor") },
    });
  });

  it("does not know where a metric never came", () => {
    const history = new History().pass(0, 2).measure("records", "before").measure("records", "after");
    const report = judged(history.endWait("records", { kind: "deadline", lastError: null }).finish());
    expect(report.verdict).toBe("unknown");
    expect(codes(report, "unknown")).toEqual(["metric.missing"]);
  });

  it("holds every kind of trouble to the schema", () => {
    const history = withPolicy({ duplicated: "fail", unexpected: "fail" }).pass(0, 4).passUpTo(5, "stream");
    history.send(6, REJECTED).passUpTo(7, "table", TIMED_OUT).send(8, BAD_GATEWAY).intend(9).see(99, "stream");
    history.see(0, "stream", "again").crash("observer").endWait("processor-log", { kind: "refused", error: DENIED });
    const report = judged(history.finish());
    expect(codes(report, "fail")).toEqual(["entry.rejected", "event.lost", "event.duplicated", "event.unexpected"]);
    // That the events without an answer did not arrive either follows from what was lost: it is not a finding next to it.
    expect(codes(report, "unknown")).toEqual(["event.unsent", "hop.unread", "harness.crashed"]);
  });

  it("blames no entry where the endpoint could not even say who asks", () => {
    const failing = new History().passUpTo(0, "entry", BAD_GATEWAY).passUpTo(1, "entry", BAD_GATEWAY).finish();
    const identityError = { code: "endpoint.not-reachable", message: "rubbish", operation: "sts:GetCallerIdentity" };
    const inDoubt = failing.map((fact) => (fact.fact === "run-started" ? { ...fact, identityError } : fact));
    expect(codes(judged(failing), "fail")).toEqual(["entry.failing"]);
    expect(codes(judged(inDoubt), "fail")).toEqual([]);
    expect(codes(judged(inDoubt), "unknown")).toContain("entry.failing");
  });

  it("tells what is unknown where nothing was cut", () => {
    const report = judged(new History().pass(0, 4).passUpTo(5, "entry", TIMED_OUT).finish());
    expect(codes(report, "unknown")).toEqual(["event.unresolved"]);
  });

  it.each(["pass", "unknown", "fail"] as const)("lets the policy judge duplicates: %s", (verdict) => {
    const history = withPolicy({ duplicated: verdict, unexpected: "pass" });
    const report = judged(history.pass(0, 2).see(1, "stream", "again").finish());
    expect(report.findings.find(({ code }) => code === "event.duplicated")?.verdict).toBe(verdict);
    expect(report.verdict).toBe(verdict);
    expect(report.events.duplicated).toBe(1);
  });

  it("judges several scenarios apart and the run by the worst of them", () => {
    const one = new History().pass(0, 2).finish();
    const other = new History(streamScenario({ name: "other", producer: "other" }))
      .pass(0, 1)
      .passUpTo(2, "entry")
      .finish();
    const [first, second] = [one[0], other[0]];
    if (first?.fact !== "run-started" || second?.fact !== "run-started") throw new Error("no start");
    const start = { ...first, scenarios: [...first.scenarios, ...second.scenarios] };
    const report = judged([start, ...one.slice(1), ...other.slice(1)]);
    expect(report.scenarios.map(({ name, verdict }) => [name, verdict])).toEqual([
      ["alb-to-table", "pass"],
      ["other", "fail"],
    ]);
    expect(report.verdict).toBe("fail");
    expect(report.findings[0]).toMatchObject({ verdict: "fail", scenario: "other" });
    expect(report.events).toMatchObject({ intended: 6, arrived: 5, lost: 1 });
    expect(report.latency).toMatchObject({ count: 5 });
  });

  it("judges only the findings that the run was asked for", () => {
    const facts = new History().pass(0, 2).passUpTo(3, "stream").finish();
    const only = (glob: string) =>
      judged(facts.map((fact) => (fact.fact === "run-started" ? { ...fact, onlyFindings: glob } : fact)));
    expect(only("event.duplicated").verdict).toBe("pass");
    expect(only("event.*").verdict).toBe("fail");
    expect(only("entry.rejected")).toMatchObject({ verdict: "unknown", findings: [] });
  });

  it("keeps an interrupted run's findings and says that it was interrupted", () => {
    const report = judged(new History().pass(0, 2).intend(3).interrupt().end().facts);
    expect(report).toMatchObject({ verdict: "unknown", run: { interrupted: true } });
    expect(codes(report, "unknown")).toEqual(["run.interrupted"]);
    expect(codes(report, "pass")).toContain("event.lost");
  });

  it("counts a crash of no scenario", () => {
    const crash = { fact: "crashed", atMs: START_MS, scenario: "run", part: "progress", message: "boom" } as const;
    const report = judged([...new History().pass(0).finish(), crash, crash]);
    expect(report.verdict).toBe("unknown");
    expect(codes(report, "unknown")).toEqual(["harness.crashed"]);
  });

  it("does not know what a journal without its start, or without scenarios, says", () => {
    expect(judged([])).toMatchObject({ verdict: "unknown", findings: [{ code: "journal.empty" }] });
    expect(judged(new History().pass(0, 2).finish().slice(1)).verdict).toBe("unknown");
    const [start] = new History().facts;
    if (start?.fact !== "run-started") throw new Error("no start");
    expect(judged([{ ...start, scenarios: [] }]).verdict).toBe("unknown");
  });

  it("does not know what a truncated journal says, wherever it was cut", () => {
    const facts = new History().pass(0, 2).finish();
    for (let length = 0; length < facts.length; length++)
      expect(judged(facts.slice(0, length)).verdict).toBe("unknown");
  });
});
