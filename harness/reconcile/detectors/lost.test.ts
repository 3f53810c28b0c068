import { describe, expect, it } from "vitest";
import type { Fact } from "../../model/fact.ts";
import { DENIED, History, START_MS } from "../../model/testing/history.ts";
import { observed, problems } from "../testing/observed.ts";

describe("event.lost", () => {
  it("passes where every acked event came out at the sink", () => {
    const [finding] = observed(new History().pass(0, 11).finish(), "event.lost");
    expect(finding?.leaning.verdict).toBe("pass");
    expect(finding?.evidence).toEqual(["12 acked, 12 seen at table"]);
  });

  it("names the first hop that did not see the events, once for all of them", () => {
    const history = new History().pass(0, 6);
    for (const sequence of [7, 8, 9, 10, 11]) history.passUpTo(sequence, "ingest-log");
    const findings = observed(history.finish(), "event.lost");
    expect(findings.map(({ subject }) => subject)).toEqual(["alb-to-table / stream"]);
    expect(findings[0]?.statement).toBe(
      "5 of 12 acked events were not seen at stream or after (the entry answered 202 × 5); ingest-log saw them last.",
    );
    expect(findings[0]?.leaning).toMatchObject({ verdict: "fail", hop: "stream" });
    expect(findings[0]?.evidence).toContain(
      "of 12 acked events seen: entry 12, ingest-log 12, stream 7, processor-log 7, table 7",
    );
    expect(findings[0]?.evidence.join("\n")).toContain('sp-r1-alb-7 with 202: {"accepted":1}');
  });

  it("gives two cuts two findings", () => {
    const facts = new History().pass(0, 3).passUpTo(4, "entry").passUpTo(5, "stream").finish();
    expect(problems(facts)).toEqual([
      "event.lost fail alb-to-table / ingest-log",
      "event.lost fail alb-to-table / processor-log",
    ]);
  });

  it("says 'at' and not 'or after' where the sink itself is the first that did not see it", () => {
    const [finding] = observed(new History().pass(0).passUpTo(1, "processor-log").finish(), "event.lost");
    expect(finding?.statement).toContain("1 of 2 acked events was not seen at table (");
  });

  it("passes over a hop that could not be read: that it saw nothing says nothing", () => {
    const history = new History().pass(0, 1).passUpTo(2, "ingest-log");
    const facts = history.endWait("stream", { kind: "refused", error: DENIED }).finish();
    const [finding] = observed(facts, "event.lost");
    expect(finding?.subject).toBe("alb-to-table / processor-log");
    expect(finding?.evidence.join("\n")).toContain("kinesis:GetRecords failed with AccessDeniedException");
  });

  it("holds a metric's shortfall beside it", () => {
    const history = new History().pass(0, 1).passUpTo(2, "ingest-log");
    history
      .measure("records", "before")
      .measure("records", "after", 2)
      .endWait("records", { kind: "deadline", lastError: null });
    const [finding] = observed(history.finish(), "event.lost");
    expect(finding?.evidence.join("\n")).toContain("IncomingRecords StreamName=events) rose by 2, at least 3 expected");
  });

  it("says only unaccounted for where the sink was never read to the end", () => {
    const history = new History().pass(0, 10).passUpTo(11, "stream");
    const failed = { kind: "deadline", lastError: { ...DENIED, operation: "dynamodb:BatchGetItem" } } as const;
    const facts = history
      .cover("table", START_MS + 2000)
      .endWait("table", failed)
      .finish();
    expect(problems(facts)).toEqual([
      "event.unaccounted unknown alb-to-table / table",
      "hop.unread unknown alb-to-table / table",
    ]);
  });

  it("says only unaccounted for where the sink is covered up to before the event's answer", () => {
    const history = new History().passUpTo(0, "stream");
    history.cover("table", history.intendedMs(0)).endWait("table", { kind: "deadline", lastError: null });
    expect(problems(history.finish())).toContain("event.unaccounted unknown alb-to-table / table");
  });

  it("says only unaccounted for where the wait was stopped before its deadline", () => {
    const history = new History().passUpTo(0, "processor-log");
    history.cover("table", history.intendedMs(0) + 1000).endWait("table", { kind: "interrupted" });
    expect(observed(history.interrupt().finish(), "event.lost")).toEqual([]);
  });

  it("does not judge an event that the sender held back for most of the sink's time", () => {
    const history = new History().intend(0);
    const late = history.intendedMs(0) + 20_000;
    const common = { scenario: "alb-to-table", tag: history.tag(0) };
    history.facts.push(
      { fact: "sent", atMs: late, ...common, sentAtMs: late },
      { fact: "answered", atMs: late, ...common, doneAtMs: late, outcome: { kind: "acked", status: 202, answer: "" } },
    );
    history.cover("table", history.afterDeadlineMs()).endWait("table", { kind: "deadline", lastError: null });
    expect(problems(history.finish())).toContain("event.unaccounted unknown alb-to-table / table");
  });

  it("takes coverage past the deadline for what it is, even where the wait was stopped later", () => {
    const history = new History().passUpTo(0, "processor-log");
    history.cover("table", history.afterDeadlineMs()).endWait("table", { kind: "interrupted" });
    expect(observed(history.finish(), "event.lost")).toHaveLength(1);
  });

  it("says only unaccounted for where the answer came after the sink was last read", () => {
    const history = new History().passUpTo(0, "processor-log");
    const lateMs = history.afterDeadlineMs() + 1;
    const facts = history
      .finish()
      .map((fact): Fact => (fact.fact === "answered" ? { ...fact, doneAtMs: lateMs } : fact));
    expect(problems(facts)).toContain("event.unaccounted unknown alb-to-table / table");
  });

  it("says only unaccounted for where the wait was stopped after most of its time, but before its end", () => {
    const history = new History().passUpTo(0, "processor-log");
    history.cover("table", history.intendedMs(0) + 29_000).endWait("table", { kind: "interrupted" });
    expect(problems(history.interrupt().finish())).toContain("event.unaccounted unknown alb-to-table / table");
  });
});
