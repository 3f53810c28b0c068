import { describe, expect, it } from "vitest";
import type { LoadSecond } from "../../model/load-fact.ts";
import { SequenceSet } from "../../model/sequence-set.ts";
import { LiveCounts } from "./live-counts.ts";

function setOf(from: number, until: number) {
  const set = new SequenceSet();
  set.addRange(from, until);
  return set.encode();
}

function second(
  at: number,
  acked: readonly [number, number],
  rejected: readonly [number, number] = [0, 0],
): LoadSecond {
  return {
    fact: "load-second",
    atMs: at * 1000 + 999,
    scenario: "alb",
    worker: 0,
    second: at,
    acked: setOf(...acked),
    rejected: setOf(...rejected),
    unknown: setOf(0, 0),
    unsent: setOf(0, 0),
    sentRequests: 0,
    inFlight: 0,
    answers: {},
    latency: "",
    service: "",
    sendDelay: "",
    sentBytes: 0,
    samples: [],
  };
}

function arrived(hop: string, from: number, until: number) {
  const seen = setOf(from, until);
  return {
    fact: "load-arrived",
    atMs: 0,
    scenario: "alb",
    hop,
    seen,
    repeated: setOf(0, 0),
    extra: 0,
    strangers: [],
    latency: "",
  } as const;
}

describe("what a load knows while it runs", () => {
  it("is how much was acked and is not at the sink", () => {
    const counts = new LiveCounts("item");
    counts.note(second(10, [0, 100]));
    counts.note(arrived("stream", 0, 100));
    expect(counts.backlog()).toBe(100);
    counts.note(arrived("item", 0, 60));
    counts.note(arrived("item", 40, 70));
    expect(counts.backlog()).toBe(30);
  });

  it("counts no event as backlog that came without an ack", () => {
    const counts = new LiveCounts("item");
    counts.note(second(10, [0, 10], [10, 20]));
    counts.note(arrived("item", 0, 20));
    expect(counts.backlog()).toBe(0);
  });

  it("is how the last five seconds were answered, and nothing older", () => {
    const counts = new LiveCounts("item");
    counts.note(second(1, [0, 0], [0, 1_000]));
    for (let at = 4; at < 9; at += 1) counts.note(second(at, [at * 10, at * 10 + 8], [at * 10 + 8, at * 10 + 10]));
    expect(counts.recent()).toEqual({ sentEvents: 50, ackedEvents: 40, seconds: 5 });
  });
});
