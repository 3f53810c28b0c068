import { describe, expect, it } from "vitest";
import { History, REJECTED, START_MS, TIMED_OUT } from "../model/testing/history.ts";
import { addCounts, countEvents } from "./event-counts.ts";
import { hopResults } from "./hop-results.ts";
import { sampleLatency, summarizeLatency } from "./latency.ts";
import { timelineOf } from "./testing/observed.ts";

describe("latency", () => {
  const of = (latenciesMs: number[]) => summarizeLatency([{ latenciesMs, sendDelaysMs: [] }]);

  it("takes exact percentiles by nearest rank", () => {
    const oneToHundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(of(oneToHundred)).toMatchObject({ count: 100, p50Ms: 50, p90Ms: 90, p99Ms: 99, maxMs: 100 });
    expect(of([7])).toMatchObject({ count: 1, p50Ms: 7, p90Ms: 7, p99Ms: 7, maxMs: 7 });
    expect(of([1, 2, 3, 1000])).toMatchObject({ p50Ms: 2, p90Ms: 1000 });
  });

  it("puts the values of several scenarios together before it takes a percentile", () => {
    const fast = { latenciesMs: [1, 1, 1, 1, 1, 1, 1, 1, 1], sendDelaysMs: [2] };
    const slow = { latenciesMs: [100], sendDelaysMs: [9] };
    expect(summarizeLatency([fast, slow])).toMatchObject({ count: 10, p90Ms: 1, maxMs: 100, maxSendDelayMs: 9 });
  });

  it("is none, and not zero, where nothing arrived", () => {
    expect(of([])).toEqual({ kind: "none" });
  });

  it("counts from the intended time, and shows beside it what the sender added", () => {
    const samples = sampleLatency(timelineOf(new History().pass(0, 2).send(3).finish()));
    expect(samples).toEqual({ latenciesMs: [30, 30, 30], sendDelaysMs: [1, 1, 1, 1] });
  });
});

describe("counts", () => {
  const history = new History().pass(0, 4).passUpTo(5, "stream").send(6, REJECTED).passUpTo(7, "table", TIMED_OUT);
  const timeline = timelineOf(
    history.send(8, TIMED_OUT).intend(9).see(0, "stream", "again").see(99, "stream").finish(),
  );

  it("counts an event in every kind that it belongs to", () => {
    expect(countEvents(timeline)).toEqual({
      intended: 10,
      sent: 9,
      acked: 6,
      rejected: 1,
      unknown: 2,
      arrived: 6,
      lost: 1,
      unaccounted: 0,
      duplicated: 1,
      unexpected: 1,
      recovered: 1,
      outOfOrder: 0,
    });
  });

  it("accounts for every acked event: arrived, lost, or neither where the sink was not read far enough", () => {
    const unread = new History().pass(0, 10).passUpTo(11, "stream").passUpTo(12, "stream");
    unread.cover("table", START_MS + 2000).endWait("table", { kind: "interrupted" });
    expect(countEvents(timelineOf(unread.interrupt().finish()))).toMatchObject({
      acked: 13,
      arrived: 11,
      lost: 0,
      unaccounted: 2,
    });
  });

  it("adds the counts of scenarios", () => {
    const counts = countEvents(timeline);
    expect(addCounts([counts, { ...counts, unaccounted: 3 }])).toMatchObject({ arrived: 12, unaccounted: 3 });
    expect(addCounts([]).intended).toBe(0);
  });

  it("holds the entry against what was sent, and the hops after it against what it took", () => {
    expect(
      hopResults(timeline).map(({ name, seen, expected, verdict }) => `${name} ${seen}/${expected} ${verdict}`),
    ).toEqual([
      "entry 6/9 fail",
      "ingest-log 7/7 pass",
      "stream 7/7 pass",
      "records 6/6 pass",
      "processor-log 6/7 fail",
      "table 6/7 unknown",
    ]);
  });
});
