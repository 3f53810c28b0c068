import { describe, expect, it } from "vitest";
import type { Fact } from "../../model/fact.ts";
import type { Scenario } from "../../model/scenario.ts";
import { History, streamScenario } from "../../model/testing/history.ts";
import { observed } from "../testing/observed.ts";

describe("event.duplicated", () => {
  it("leaves two records of one event in the stream to the policy", () => {
    const [finding] = observed(new History().pass(0, 3).see(2, "stream", "once more").finish(), "event.duplicated");
    expect(finding?.statement).toBe("1 event was seen more than once at stream.");
    expect(finding?.leaning).toMatchObject({ verdict: "by-policy", rule: "duplicated", tags: ["sp-r1-alb-2"] });
    expect(finding?.evidence[1]).toContain("sp-r1-alb-2 × 2: first of 2 (shardId-000000000000, first of 2), once more");
  });

  it("counts an item's deliveries", () => {
    const facts = new History().pass(0, 3).see(1, "table", "delivery 2").finish();
    expect(observed(facts, "event.duplicated")[0]?.subject).toBe("alb-to-table / table");
  });

  it("names the first hop that shows it, not those that follow from it", () => {
    const facts = new History().pass(0, 3).see(1, "table", "delivery 2").see(1, "stream", "again").finish();
    expect(observed(facts, "event.duplicated").map(({ subject }) => subject)).toEqual(["alb-to-table / stream"]);
  });

  it("passes where the same occurrence was reported twice", () => {
    const facts = new History().pass(0, 3).see(2, "stream").see(2, "stream").finish();
    expect(observed(facts, "event.duplicated").map(({ leaning }) => leaning.verdict)).toEqual(["pass"]);
  });

  it("says nothing where no hop that could show a duplicate was read", () => {
    const stopped = { kind: "interrupted" } as const;
    const facts = new History().send(0).endWait("stream", stopped).endWait("table", stopped).interrupt().finish();
    expect(observed(facts, "event.duplicated")).toEqual([]);
  });
});

describe("event.redelivered", () => {
  it("tells of an event that left more lines in a log than the others", () => {
    const [finding] = observed(new History().pass(0, 3).see(2, "processor-log", "again").finish(), "event.redelivered");
    expect(finding?.evidence).toEqual(["redelivered: sp-r1-alb-2", "sp-r1-alb-2: 2 lines"]);
    expect(finding?.leaning.verdict).toBe("pass");
  });

  it("stays silent where the function writes two lines for every event", () => {
    const history = new History().pass(0, 3);
    for (const sequence of [0, 1, 2, 3]) history.see(sequence, "processor-log", "second line");
    expect(observed(history.finish(), "event.redelivered")).toEqual([]);
  });

  it("stays silent where the stream already shows the duplicate", () => {
    const facts = new History().pass(0, 3).see(2, "stream", "again").see(2, "processor-log", "again").finish();
    expect(observed(facts, "event.redelivered")).toEqual([]);
  });
});

describe("event.unexpected", () => {
  it("leaves a tag of this run that was never sent to the policy", () => {
    const [finding] = observed(new History().pass(0, 3).see(99, "stream").finish(), "event.unexpected");
    expect(finding?.statement).toBe("1 event was seen and never sent, first at stream.");
    expect(finding?.leaning).toMatchObject({ verdict: "by-policy", rule: "unexpected", tags: ["sp-r1-alb-99"] });
  });

  it("counts a planned event that was seen without having been sent", () => {
    const facts = new History().pass(0, 3).intend(4).see(4, "stream").finish();
    expect(observed(facts, "event.unexpected")[0]?.leaning.verdict).toBe("by-policy");
  });

  it("passes where tags of other runs and producers turn up", () => {
    const history = new History().pass(0, 3);
    const seen = { fact: "sighted", scenario: "alb-to-table", hop: "stream", occurrence: "1", place: "" } as const;
    const others = ["sp-r2-alb-0", "sp-r1-s3-0", "no tag"];
    const foreign: Fact[] = others.map((tag) => ({ ...seen, tag, atMs: 1, seenAtMs: 1 }));
    expect(observed([...history.finish(), ...foreign], "event.unexpected").map((f) => f.leaning.verdict)).toEqual([
      "pass",
    ]);
  });
});

describe("a scenario whose hops are all looked up by key", () => {
  it("cannot say that nothing unexpected came", () => {
    const hops: Scenario["hops"] = [
      { kind: "entry", name: "entry" },
      { kind: "object", name: "object", bucket: "content", key: "{tag}" },
      { kind: "item", name: "table", table: "content", key: { id: "{tag}" } },
    ];
    expect(observed(new History(streamScenario({ hops })).pass(0, 2).finish(), "event.unexpected")).toEqual([]);
  });
});

describe("event.reordered", () => {
  it("tells of an event that reached the stream before one that had been acked before it was sent", () => {
    const history = new History().pass(0, 3).finish();
    const late = history.map((fact): Fact => {
      const isFirst = fact.fact === "sighted" && fact.hop === "stream" && fact.tag === "sp-r1-alb-0";
      return isFirst ? { ...fact, seenAtMs: fact.seenAtMs + 15 } : fact;
    });
    expect(observed(late, "event.reordered")[0]?.evidence).toEqual(["out of order: sp-r1-alb-1"]);
  });

  it("stays silent where requests overlap: they have no order to keep", () => {
    const history = new History().pass(0, 3).finish();
    const overlapping = history.map((fact): Fact => {
      if (fact.fact === "answered") return { ...fact, doneAtMs: fact.doneAtMs + 1000 };
      const isFirst = fact.fact === "sighted" && fact.hop === "stream" && fact.tag === "sp-r1-alb-0";
      return isFirst ? { ...fact, seenAtMs: fact.seenAtMs + 15 } : fact;
    });
    expect(observed(overlapping, "event.reordered")).toEqual([]);
  });
});
