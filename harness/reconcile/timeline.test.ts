import { describe, expect, it } from "vitest";
import { healthyAccount, NAMES } from "../checks/testing/healthy-account.ts";
import type { Fact } from "../model/fact.ts";
import { ACKED, DENIED, History, REJECTED, TIMED_OUT } from "../model/testing/history.ts";
import { countEvents } from "./event-counts.ts";
import { timelineOf } from "./testing/observed.ts";

describe("the timeline", () => {
  it.each([
    [[TIMED_OUT, ACKED], "acked"],
    [[ACKED, REJECTED], "acked"],
    [[REJECTED, TIMED_OUT], "unknown"],
  ] as const)("takes of several answers the one that promises most, in any order: %j", (outcomes, kind) => {
    for (const inOrder of [outcomes, outcomes.toReversed()]) {
      const history = new History();
      for (const outcome of inOrder) history.send(0, outcome);
      expect(timelineOf(history.end().facts).events[0]?.answer?.outcome.kind).toBe(kind);
    }
  });

  it("takes the furthest coverage and the worst wait of a hop, in any order", () => {
    const history = new History().cover("stream", 5).cover("stream", 9).cover("stream", 7);
    history.endWait("stream", { kind: "satisfied" }).endWait("stream", { kind: "refused", error: DENIED });
    for (const facts of [history.facts, history.facts.toReversed()]) {
      const stream = timelineOf(facts).hops[2];
      expect(stream?.covered?.untilMs).toBe(9);
      expect(stream?.reading).toEqual({ kind: "failed", definite: true, error: DENIED });
    }
  });

  it("sorts events by sequence as a number", () => {
    const timeline = timelineOf(new History().send(10).send(9).send(100).finish());
    expect(timeline.events.map(({ sequence }) => sequence)).toEqual([9, 10, 100]);
  });

  it("knows the key of a table that is a hop, by its name, and of no other", () => {
    const keySchema = [{ attribute: "pk", keyType: "HASH", attributeType: "S" }];
    const table = healthyAccount().get("table", NAMES.eventsTable);
    const read = (name: string): Fact => ({
      fact: "setting",
      atMs: 1,
      subject: name,
      setting: { ...table, name, keySchema },
    });
    const history = new History().pass(0).finish();
    expect(timelineOf([...history, read("events")]).hops.at(-1)?.keySchema).toEqual(keySchema);
    expect(timelineOf([...history, read("others")]).hops.at(-1)?.keySchema).toBeUndefined();
  });

  it("leaves out what is said of a hop or a scenario that the run does not have", () => {
    const history = new History().pass(0);
    const seen = { fact: "sighted", atMs: 1, tag: history.tag(0), occurrence: "x", seenAtMs: 1, place: "" } as const;
    const strange: Fact[] = [
      { ...seen, scenario: "alb-to-table", hop: "nowhere" },
      { ...seen, scenario: "another", hop: "stream" },
    ];
    const facts = history.finish();
    expect(countEvents(timelineOf([...facts, ...strange]))).toEqual(countEvents(timelineOf(facts)));
  });
});
