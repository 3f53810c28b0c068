import { build, encodeIntoCompressedBase64 } from "hdr-histogram-js";
import { describe, expect, it } from "vitest";
import type { LoadPhase } from "../../model/load.ts";
import type { LoadSecond } from "../../model/load-fact.ts";
import { SequenceSet } from "../../model/sequence-set.ts";
import { LoadTallies, loadLines } from "./load-tally.ts";

function setOf(from: number, until: number) {
  const set = new SequenceSet();
  set.addRange(from, until);
  return set.encode();
}

function latencies(...valuesMs: readonly number[]): string {
  const histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 3_600_000_000,
    numberOfSignificantValueDigits: 3,
  });
  for (const value of valuesMs) histogram.recordValue(value * 1000);
  return encodeIntoCompressedBase64(histogram);
}

const second = (at: number, worker: number, acked: readonly [number, number], latency: string): LoadSecond => ({
  fact: "load-second",
  atMs: at * 1000,
  scenario: "alb-load",
  worker,
  second: at,
  acked: setOf(...acked),
  rejected: setOf(0, 0),
  unknown: setOf(90, 92),
  unsent: setOf(95, 96),
  sentRequests: 10,
  inFlight: 2,
  answers: {},
  latency,
  service: latency,
  sendDelay: latency,
  sentBytes: 0,
  samples: [],
});
const plan: LoadPhase = {
  phase: 0,
  purpose: "search",
  startMs: 0,
  durationMs: 1_000,
  fromEventsPerSecond: 1_000,
  toEventsPerSecond: 1_000,
  firstRequest: 0,
  requestCount: 1_000,
};

describe("the tally of a load", () => {
  it("adds up the threads of the newest second, and everything so far", () => {
    const tallies = new LoadTallies("item");
    tallies.count({ fact: "load-phase", atMs: 0, scenario: "alb-load", plan });
    tallies.count(second(7, 0, [0, 10], latencies(5)));
    tallies.count(second(8, 0, [10, 20], latencies(10, 10, 10)));
    tallies.count(second(8, 1, [20, 25], latencies(200)));
    expect(tallies.tally()).toMatchObject({
      ackedPerSecond: 15,
      inFlight: 4,
      acked: 25,
      errors: 6,
      unsent: 3,
      arrived: 0,
    });
    expect(tallies.tally().p50Ms).toBeCloseTo(10, 1);
    expect(tallies.tally().p99Ms).toBeCloseTo(200, 0);
  });

  it("counts an event that arrived once, however often it was seen, and only at the sink", () => {
    const tallies = new LoadTallies("item");
    for (const hop of ["stream", "item", "item"])
      tallies.count({
        fact: "load-arrived",
        atMs: 0,
        scenario: "alb-load",
        hop,
        seen: setOf(0, 7),
        repeated: setOf(0, 0),
        extra: 0,
        strangers: [],
        latency: "",
      });
    expect(tallies.tally().arrived).toBe(7);
  });

  it("fits into 80 columns with large figures", () => {
    const tallies = new LoadTallies("item");
    tallies.count({ fact: "load-phase", atMs: 0, scenario: "alb-load", plan });
    tallies.count(second(8, 0, [0, 1_000_000], latencies(12_345)));
    const lines = loadLines("alb-load", tallies.tally());
    for (const line of lines) expect(line.length).toBeLessThan(80);
    expect(lines[0]).toContain("of 1,000/s");
    expect(lines[1]).toContain("acked 1,000,000");
  });
});
