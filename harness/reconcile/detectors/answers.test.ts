import { describe, expect, it } from "vitest";
import type { Outcome } from "../../model/outcome.ts";
import { BAD_GATEWAY, History, REJECTED, TIMED_OUT } from "../../model/testing/history.ts";
import { observed, problems } from "../testing/observed.ts";

const STOPPED: Outcome = { kind: "unknown", reason: "interrupted", status: null, answer: "stopped" };

describe("entry.rejected", () => {
  it("fails on a definite no to a valid event, with status and answer", () => {
    const [finding] = observed(new History().pass(0, 2).send(3, REJECTED).finish(), "entry.rejected");
    expect(finding?.statement).toBe("The entry rejected 1 of 4 valid events (400 × 1).");
    expect(finding?.evidence[0]).toBe('sp-r1-alb-3 was answered with 400: {"error":"id: missing"}');
    expect(finding?.leaning.verdict).toBe("fail");
  });

  it("stays silent where nothing was rejected", () => {
    expect(observed(new History().pass(0).send(1, TIMED_OUT).finish(), "entry.rejected")).toEqual([]);
  });

  it("tells of a rejected event that arrived all the same", () => {
    const [finding] = observed(new History().pass(0).passUpTo(1, "table", REJECTED).finish(), "entry.rejected");
    expect(finding?.evidence).toContain("arrived all the same: sp-r1-alb-1");
  });
});

describe("entry.failing", () => {
  it("fails where every answer leaves open whether the event was taken", () => {
    const facts = new History().send(0, BAD_GATEWAY).send(1, TIMED_OUT).finish();
    const [finding] = observed(facts, "entry.failing");
    expect(finding?.statement).toBe(
      "The entry gave 2 of 2 events no definite answer (502 (server-error) × 1, no status (timeout) × 1).",
    );
    expect(problems(facts)).toEqual(["entry.failing fail alb-to-table / entry"]);
  });

  it("fails even where all of them arrived", () => {
    const facts = new History().passUpTo(0, "table", BAD_GATEWAY).passUpTo(1, "table", BAD_GATEWAY).finish();
    expect(problems(facts)).toEqual(["entry.failing fail alb-to-table / entry"]);
  });

  it("stays silent where no more than half of the answers are such", () => {
    expect(observed(new History().pass(0).passUpTo(1, "table", TIMED_OUT).finish(), "entry.failing")).toEqual([]);
  });

  it("does not count answers that the run itself cut off", () => {
    expect(observed(new History().send(0, STOPPED).interrupt().finish(), "entry.failing")).toEqual([]);
  });
});

describe("event.recovered", () => {
  it("passes an event without a definite answer that arrived", () => {
    const facts = new History().pass(0, 2).passUpTo(3, "table", TIMED_OUT).finish();
    expect(observed(facts, "event.recovered")[0]?.evidence).toEqual(["recovered: sp-r1-alb-3"]);
    expect(problems(facts)).toEqual([]);
  });

  it("stays silent where every answer was definite", () => {
    expect(observed(new History().pass(0, 2).finish(), "event.recovered")).toEqual([]);
  });
});

describe("event.unresolved", () => {
  it("is no loss, and no proof either", () => {
    const facts = new History().pass(0, 2).send(3, TIMED_OUT).finish();
    expect(problems(facts)).toEqual(["event.unresolved unknown alb-to-table / entry"]);
  });

  it("tells how far the event was seen", () => {
    const facts = new History().pass(0, 2).passUpTo(3, "stream", TIMED_OUT).finish();
    expect(observed(facts, "event.unresolved")[0]?.evidence).toContain("sp-r1-alb-3 was seen as far as stream");
  });

  it("counts an event whose answer was never written down", () => {
    const history = new History().pass(0, 2).intend(3);
    const sentAtMs = history.intendedMs(3);
    history.facts.push({ fact: "sent", atMs: sentAtMs, scenario: "alb-to-table", tag: history.tag(3), sentAtMs });
    expect(observed(history.finish(), "event.unresolved")[0]?.statement).toContain("(no answer × 1)");
  });

  it("stays silent where the event was recovered", () => {
    expect(observed(new History().pass(0).passUpTo(1, "table", TIMED_OUT).finish(), "event.unresolved")).toEqual([]);
  });
});

describe("event.unsent", () => {
  it("is not known where a run that ended by itself did not send what it planned", () => {
    expect(problems(new History().pass(0, 2).intend(3).finish())).toEqual([
      "event.unsent unknown alb-to-table / entry",
    ]);
  });

  it("leaves an interrupted run to run.interrupted", () => {
    expect(observed(new History().pass(0, 2).intend(3).interrupt().finish(), "event.unsent")).toEqual([]);
  });
});
