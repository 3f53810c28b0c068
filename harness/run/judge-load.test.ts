import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { healthyAccount } from "../checks/testing/healthy-account.ts";
import type { Fact } from "../model/fact.ts";
import type { Report } from "../model/report.ts";
import { EVENTS_MS, LoadHistory } from "../reconcile/load/testing/load-history.ts";
import { judge } from "./judge.ts";
import { codes, judged, steady } from "./testing/judged.ts";

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
      remedy: { text: expect.stringContaining("table events") },
    });
    expect(lost?.evidence.join("\n")).toMatch(/lost: .*alb-3, .*alb-500, .*alb-501\n.*3 in phase 0 \(100\/s\)/);
  });

  it("names the stream where the stream did not get them, and tells two cuts apart", () => {
    const report = judged(steady().loseBeforeStream(7).lose(8, 9).finish());
    const subjects = report.findings.filter(({ code }) => code === "event.lost").map(({ subject }) => subject);
    expect(subjects).toEqual(["alb-to-table / stream", "alb-to-table / table"]);
    expect(report.events.lost).toBe(3);
  });

  it("names both keys where the table's is not the one that the items are read by", () => {
    const keySchema = [{ attribute: "pk", keyType: "HASH", attributeType: "S" }] as const;
    const tables = healthyAccount()
      .build()
      .all("table")
      .map((table) => ({ ...table, name: "events", keySchema }));
    const told = tables.map((setting): Fact => ({ fact: "setting", atMs: 0, subject: "events", setting }));
    const { findings } = judge([...steady().lose(8, 9).finish(), ...told]);
    const cause = expect.stringMatching(/^the key of table events is pk \(HASH, S\), and .* have the key id \(S\)/);
    expect(findings.find(({ code }) => code === "event.lost")).toMatchObject({ cause });
  });

  it("does not blame a stream that was only sampled, or not read, and shows of it what the sample held", () => {
    const facts = steady().loseBeforeStream(7).finish();
    const sampled = judged(
      facts.map((fact) => (fact.fact === "load-stream-read" ? { ...fact, complete: false } : fact)),
    );
    const unread = judged(facts.filter(({ fact }) => fact !== "load-stream-read"));
    for (const report of [sampled, unread])
      expect(report.findings.find(({ code }) => code === "event.lost")?.subject).toBe("alb-to-table / table");
    const streamOf = (report: Report) => report.scenarios[0]?.hops.find(({ name }) => name === "stream");
    expect(streamOf(sampled)).toMatchObject({ expected: 999, seen: 999, verdict: "pass" });
    expect(streamOf(unread)).toMatchObject({ expected: 1000, seen: 999, verdict: "unknown" });
  });

  it("is not known where the sink could not be read", () => {
    const error = { code: "AccessDeniedException", message: "no", operation: "dynamodb:BatchGetItem" };
    const refused: Fact = {
      fact: "wait-ended",
      atMs: steady().deadlineMs(),
      scenario: "alb-to-table",
      hop: "table",
      startedAtMs: 0,
      attempts: 3,
      ending: { kind: "refused", error },
    };
    const all = steady().finish();
    expect(codes(judged([...all, refused]), "unknown")).toEqual([]);
    const blind = all.filter((fact) => fact.fact !== "load-arrived" || fact.hop !== "table");
    const report = judged([...blind, refused]);
    expect(report.verdict).toBe("unknown");
    expect(report.findings.find(({ code }) => code === "hop.unread")).toMatchObject({
      subject: "alb-to-table / table",
      remedy: { text: expect.stringContaining("dynamodb:BatchGetItem") },
    });
  });

  it("is not called loss where nobody looked for them, or too early, or not consistently", () => {
    const facts = steady().lose(3).finish();
    const changed = (change: Partial<Extract<Fact, { fact: "load-absent" }>>) =>
      judged(facts.map((fact) => (fact.fact === "load-absent" ? { ...fact, ...change } : fact)));
    const early = (steady().phases[0]?.startMs ?? 0) + 30 + EVENTS_MS - 1;
    for (const report of [
      judged(steady().leaveOpen(3).finish()),
      changed({ readAtMs: early }),
      changed({ consistent: false }),
    ]) {
      expect(report.verdict).toBe("unknown");
      expect(report.events).toMatchObject({ lost: 0, unaccounted: 1 });
      expect(codes(report, "unknown")).toContain("event.unaccounted");
    }
    expect(changed({ readAtMs: early + 1 }).events).toMatchObject({ lost: 1, unaccounted: 0 });
  });

  it("is not called loss where the ack came so late that the event had no time", () => {
    const slow = (entryMs: number) => new LoadHistory().phase(100, 10, { entryMs: (ms) => (ms < 50 ? entryMs : 20) });
    expect(judged(slow(17_000).lose(3).finish()).events.lost).toBe(0);
    expect(judged(slow(12_000).lose(3).finish()).events.lost).toBe(1);
  });

  it("is what promises most where the sender says two things of one event", () => {
    const facts = steady().answer("rejected", 7).answer("unsent", 8).finish();
    const second = facts.find((fact) => fact.fact === "load-second");
    if (second?.fact !== "load-second") throw new Error("no second");
    const none = { kind: "ranges", ranges: [] } as const;
    const unknown = { kind: "ranges", ranges: [6, 9] } as const;
    const again: Fact = { ...second, acked: none, rejected: none, unsent: none, unknown, worker: 5 };
    const { events } = judged([...facts, again]);
    expect(events).toMatchObject({ acked: 998, unknown: 2, rejected: 0, sent: 1000 });
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
