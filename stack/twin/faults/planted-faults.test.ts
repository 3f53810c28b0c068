import { describe, expect, test } from "vitest";
import { ManualClock } from "../clock/testing/manual-clock.ts";
import { readFaultFile } from "./fault-file.ts";
import { MAXIMUM_PASSAGES } from "./fault-ledger.ts";
import { plantFaults } from "./planted-faults.ts";

function plan(faults: readonly Record<string, unknown>[], seed = 1) {
  const read = readFaultFile(JSON.stringify({ seed, faults }), "faults.json");
  if (read.kind === "error") throw new Error(`${read.error.place}: ${read.error.message}`);
  const clock = new ManualClock();
  return { clock, ...plantFaults(read.value, clock) };
}

const events = Array.from({ length: 2_000 }, (_, index) => `sp-run-alb-${index}`);
const dropSome = { hop: "stream", kind: "drop", rate: 0.05 };

/** The events that are struck when they come in this order. */
function struck(planted: ReturnType<typeof plan>, order: readonly string[], hop = "stream:orders"): Set<string> {
  return new Set(order.filter((event) => planted.actionAt(hop, event).kind !== "none"));
}

describe("which events are struck", () => {
  test("is about the rate of them", () => {
    const { size } = struck(plan([dropSome]), events);
    expect(size).toBeGreaterThan(70);
    expect(size).toBeLessThan(130);
  });

  test("is the same for the same seed, in whatever order and with whatever else they come", () => {
    const first = struck(plan([dropSome]), events);
    const mixed = plan([dropSome]);
    for (const event of events) mixed.actionAt("mapping:processor", event);
    expect(struck(mixed, events.toReversed())).toEqual(first);
  });

  test("is others for another seed, at another hop, and for another fault of the file", () => {
    const first = struck(plan([dropSome]), events);
    expect(struck(plan([dropSome], 2), events)).not.toEqual(first);
    expect(struck(plan([dropSome]), events, "stream:returns")).not.toEqual(first);
    const second = plan([{ ...dropSome, hop: "alb" }, dropSome]);
    expect(struck(second, events)).not.toEqual(first);
  });

  test("is drawn anew when an event comes again: what is sent once more may get through", () => {
    const planted = plan([{ hop: "stream", kind: "error", rate: 0.5 }]);
    const failing = [...struck(planted, events)];
    const again = struck(planted, failing);
    expect(again.size).toBeGreaterThan(failing.length * 0.4);
    expect(again.size).toBeLessThan(failing.length * 0.6);
  });

  test("are those of the named hop alone, or of all of its kind", () => {
    const named = plan([{ ...dropSome, hop: "stream:orders", rate: 1 }]);
    expect(struck(named, ["a"]).size).toBe(1);
    expect(struck(named, ["a"], "stream:orders-old").size).toBe(0);
    expect(struck(plan([{ ...dropSome, rate: 1 }]), ["a"], "stream:any").size).toBe(1);
  });

  test("can be every nth, those with a text in them, those of a span of time, and so many", () => {
    const every = plan([{ hop: "stream", kind: "drop", every: 3 }]);
    expect([...struck(every, ["a", "b", "c", "d", "e", "f"])]).toEqual(["c", "f"]);
    const some = plan([{ ...dropSome, rate: 1, contains: "-7" }]);
    expect([...struck(some, ["x-7", "x-8", "x-70"])]).toEqual(["x-7", "x-70"]);
    const few = plan([{ ...dropSome, rate: 1, count: 2 }]);
    expect(struck(few, ["a", "b", "c"]).size).toBe(2);
    const span = plan([{ ...dropSome, rate: 1, firstMs: 100, lastMs: 200 }]);
    expect(struck(span, ["a"]).size).toBe(0);
    span.clock.advance(150);
    expect(struck(span, ["b"]).size).toBe(1);
    span.clock.advance(100);
    expect(struck(span, ["c"]).size).toBe(0);
  });
});

describe("what is done to them", () => {
  test("is the fault of the file that strikes first", () => {
    const planted = plan([
      { hop: "stream", kind: "error", rate: 1, contains: "a", code: "KMSThrottlingException" },
      { hop: "stream", kind: "throttle", rate: 1 },
    ]);
    expect(planted.actionAt("stream:x", "a")).toEqual({ kind: "error", code: "KMSThrottlingException" });
    expect(planted.actionAt("stream:x", "b")).toEqual({ kind: "throttle" });
  });

  test("is a delay within its range, of its own for each event", () => {
    const planted = plan([{ hop: "stream", kind: "delay", rate: 1, delayMs: [10, 20] }]);
    const delays = events.map((event) => {
      const action = planted.actionAt("stream:x", event);
      return action.kind === "delay" ? action.delayMs : -1;
    });
    expect(Math.min(...delays)).toBe(10);
    expect(Math.max(...delays)).toBe(20);
    expect(new Set(delays).size).toBe(11);
  });

  test("is called missing and late where events are watched", () => {
    const planted = plan([
      { hop: "metrics", kind: "missing", rate: 1, contains: "IncomingBytes" },
      { hop: "metrics", kind: "late", rate: 1, delayMs: 5 },
    ]);
    expect(planted.actionAt("metrics:AWS/Kinesis", "IncomingBytes")).toEqual({ kind: "drop" });
    expect(planted.actionAt("metrics:AWS/Kinesis", "IncomingRecords")).toEqual({ kind: "delay", delayMs: 5 });
  });

  test("holds a reordered event back until the next one has gone by", async () => {
    const planted = plan([{ hop: "mapping", kind: "reorder", rate: 1, contains: "first" }]);
    const passed: string[] = [];
    const held = planted.actionAt("mapping:x", "first");
    const following = held.kind === "reorder" ? held.overtaken.then(() => passed.push("first")) : undefined;
    planted.actionAt("mapping:other", "elsewhere");
    planted.actionAt("mapping:x", "second");
    passed.push("second");
    await following;
    expect(passed).toEqual(["second", "first"]);
  });

  test("and lets it go after its time where none comes", async () => {
    const planted = plan([{ hop: "mapping", kind: "reorder", rate: 1, delayMs: 300 }]);
    const held = planted.actionAt("mapping:x", "only");
    planted.clock.advance(300);
    expect(held.kind === "reorder" ? await held.overtaken : "not held back").toBeUndefined();
  });

  test("is nothing at a hop without a fault, and its passage is not even asked for", () => {
    const planted = plan([dropSome]);
    const passage = () => {
      throw new Error("asked");
    };
    expect(planted.actionAt("lambda:processor", passage)).toEqual({ kind: "none" });
  });
});

describe("the ledger", () => {
  test("has every fault that was done, by hop and kind, with the events that it struck", () => {
    const planted = plan([dropSome, { hop: "mapping", kind: "duplicate", every: 2 }]);
    const dropped = struck(planted, events);
    for (const event of ["a", "b", "c", "d"]) planted.actionAt("mapping:processor", event);
    expect(planted.ledger()).toEqual([
      { hop: "stream:orders", kind: "drop", count: dropped.size, passages: [...dropped] },
      { hop: "mapping:processor", kind: "duplicate", count: 2, passages: ["b", "d"] },
    ]);
  });

  test("has what a stream reordered only once the stream tells that it was overtaken", () => {
    const planted = plan([{ hop: "stream", kind: "reorder", rate: 1, delayMs: [100, 300] }]);
    const [held] = ["a", "b"].map((event) => planted.actionAt("stream:orders", event));
    expect(held).toMatchObject({ kind: "reorder", leastMs: 100, atMostMs: 300 });
    expect(planted.ledger()).toEqual([]);
    if (held?.kind === "reorder") held.happened();
    expect(planted.ledger()).toEqual([{ hop: "stream:orders", kind: "reorder", count: 1, passages: ["a"] }]);
  });

  test("counts exactly beyond the passages that it keeps", () => {
    const planted = plan([{ ...dropSome, rate: 1 }]);
    for (let index = 0; index < MAXIMUM_PASSAGES + 5; index += 1) planted.actionAt("stream:x", `event-${index}`);
    const [entry] = planted.ledger();
    expect(entry?.count).toBe(MAXIMUM_PASSAGES + 5);
    expect(entry?.passages).toHaveLength(MAXIMUM_PASSAGES);
  });
});
