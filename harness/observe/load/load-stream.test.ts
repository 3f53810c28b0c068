import { describe, expect, it } from "vitest";
import type { StreamHop } from "../../model/hop.ts";
import { serviceError } from "../testing/clients.ts";
import { createTools, RUN, START_MS } from "../testing/tools.ts";
import { SettledQueue } from "./awaited-load.ts";
import { type LoadStreamTask, observeLoadStream } from "./load-stream.ts";
import type { SendTimes } from "./shard-order.ts";
import { PLAN, sumOf, unionOf } from "./testing/run-load.ts";
import { type FakeRecord, type StreamRead, streamClient } from "./testing/stream-client.ts";

const HOP: StreamHop = { kind: "stream", name: "stream", stream: "events" };
const DEADLINE_MS = START_MS + 60_000;
const THROTTLED = serviceError("ProvisionedThroughputExceededException", 400);

const range = (from: number, until: number) => Array.from({ length: until - from }, (_, n) => from + n);
/** Events that arrived 5 ms after they were due. */
const records = (sequences: readonly number[]): FakeRecord[] =>
  sequences.map((sequence) => ({
    data: `{"id":"sp-run-alb-${sequence}"}`,
    arrivedMs: PLAN.intendedMs(sequence) + 5,
  }));
/** As many events of so many bytes each. */
const large = (count: number, sizeBytes: number): FakeRecord[] =>
  records(range(0, count)).map(({ data, arrivedMs }) => ({ data: data.padEnd(sizeBytes), arrivedMs }));
/** Sent when due, acked 10 ms later. */
const timesOf = (sequence: number): SendTimes => ({
  sentMs: PLAN.intendedMs(sequence),
  ackedMs: PLAN.intendedMs(sequence) + 10,
});

interface Plan {
  readonly shards: Readonly<Record<string, readonly FakeRecord[]>>;
  readonly gate?: (read: StreamRead) => void;
  /** So many events were settled, and their sending ended, at the start. */
  readonly settled: number;
  readonly task?: Partial<LoadStreamTask>;
  readonly signal?: AbortSignal;
}

async function observe({ shards, gate, settled, task, ...tools }: Plan) {
  const awaited = new SettledQueue();
  awaited.settle(0, settled, START_MS);
  awaited.end();
  const made = createTools(() => ({}), tools);
  const stream = streamClient(made.clock.nowMs, { shards, ...(gate === undefined ? {} : { gate }) });
  await observeLoadStream(
    { ...RUN, hop: HOP, awaited, plan: PLAN, startMs: START_MS, deadlineMs: () => DEADLINE_MS, timesOf, ...task },
    { ...made.tools, clients: { ...made.tools.clients, ...stream.clients } },
  );
  const arrived = made.journal.of("load-arrived");
  const reordered = made.journal.of("load-reordered");
  return {
    reads: stream.reads,
    iterators: stream.iterators,
    seen: unionOf(arrived.map(({ seen }) => seen)),
    repeated: unionOf(arrived.map(({ repeated }) => repeated)),
    extra: arrived.reduce((sum, { extra }) => sum + extra, 0),
    strangers: arrived.flatMap(({ strangers }) => strangers),
    latency: sumOf(arrived.map(({ latency }) => latency)),
    overtaken: unionOf(reordered.map(({ overtaken }) => overtaken)),
    samples: reordered.flatMap(({ samples }) => samples),
    stretches: made.journal.of("load-stream-read"),
    endings: made.journal.of("wait-ended").map(({ ending }) => ending),
    endedMs: made.clock.nowMs(),
  };
}

describe("the stream of a load", () => {
  it("shows every event of it in all shards, with its latency from the intended time to the arrival", async () => {
    const result = await observe({ shards: { a: records(range(0, 500)), b: records(range(500, 900)) }, settled: 900 });
    expect(result.seen).toEqual(range(0, 900));
    expect(result.latency?.totalCount).toBe(900);
    expect(Math.round((result.latency?.maxValue ?? 0) / 10)).toBe(500);
    expect(result.endings).toEqual([{ kind: "satisfied" }]);
    expect(result.iterators[0]).toMatchObject({
      ShardIteratorType: "AT_TIMESTAMP",
      Timestamp: new Date(START_MS - 15_000),
    });
  });

  it("is read on for a while after everything was seen: what comes again is repeated", async () => {
    const again = { data: "sp-run-alb-3", arrivedMs: START_MS + 1_500 };
    const result = await observe({ shards: { a: [...records(range(0, 10)), again, again] }, settled: 10 });
    expect(result.repeated).toEqual([3]);
    expect(result.extra).toBe(2);
    expect(result.latency?.totalCount).toBe(10);
  });

  it("shows tags that were never planned, and leaves others' records alone", async () => {
    const others = ["sp-other-alb-1", "sp-run-api-1", "nothing", "sp-run-alb-100000", "sp-run-alb-100000"];
    const result = await observe({
      shards: { a: [...records([0]), ...others.map((data) => ({ data, arrivedMs: START_MS + 5 }))] },
      settled: 1,
    });
    expect(result.seen).toEqual([0]);
    expect(result.strangers).toEqual(["sp-run-alb-100000"]);
  });

  it("proves which events were overtaken, in their own shard alone", async () => {
    const result = await observe({
      shards: { a: records([0, 1, 900, 2]), b: records([5, 6]) },
      settled: 7,
    });
    expect(result.overtaken).toEqual([2]);
    expect(result.samples).toEqual([
      "a: sp-run-alb-900 was sent 888.0 ms after the answer for sp-run-alb-2, and stands before it",
    ]);
  });

  it("says how far each shard was read, whole", async () => {
    const { stretches, endedMs } = await observe({ shards: { a: records(range(0, 10)), b: [] }, settled: 10 });
    expect(stretches.every(({ complete }) => complete)).toBe(true);
    for (const shardId of ["a", "b"]) {
      const own = stretches.filter((each) => each.shardId === shardId);
      expect(own[0]?.fromMs).toBe(START_MS - 15_000);
      expect(own.at(-1)?.untilMs).toBeGreaterThan(endedMs - 1_500);
    }
    expect(stretches.reduce((sum, { records }) => sum + records, 0)).toBe(10);
  });

  it("waits until the deadline for what was acked and is not there", async () => {
    const result = await observe({ shards: { a: records([0, 2]) }, settled: 3 });
    expect(result.seen).toEqual([0, 2]);
    expect(result.endings).toEqual([{ kind: "deadline", lastError: null }]);
    const stretches = result.stretches;
    expect(stretches.every(({ complete }) => complete)).toBe(true);
    expect(stretches.slice(1).map(({ fromMs }) => fromMs)).toEqual(
      stretches.slice(0, -1).map(({ untilMs }) => untilMs),
    );
    expect(stretches.at(-1)?.untilMs).toBeGreaterThan(DEADLINE_MS - 2_000);
  });
});

describe("a stream that is read beside its consumers", () => {
  const spacings = (reads: readonly StreamRead[]) =>
    reads.slice(1).map(({ atMs }, index) => atMs - (reads[index]?.atMs ?? 0));

  it("is read at most once a second and shard", async () => {
    const { reads } = await observe({ shards: { a: records([0]) }, settled: 2 });
    expect(reads.length).toBeGreaterThan(30);
    expect(Math.min(...spacings(reads))).toBeGreaterThanOrEqual(1_000);
  });

  it("is read at most 1 MB at a time, once it is known how large its records are", async () => {
    const { reads } = await observe({ shards: { a: large(5_000, 20_000) }, settled: 1 });
    expect(reads[0]?.limit).toBe(100);
    expect(reads.slice(2).every(({ limit }) => limit * 20_000 <= 1_000_000)).toBe(true);
  });

  it("is read more rarely while it throttles, and is complete all the same where it can be caught up with", async () => {
    const result = await observe({
      shards: { a: records(range(0, 100)), b: records(range(100, 200)) },
      settled: 200,
      gate: ({ shardId, index }) => {
        if (shardId === "a" && index < 3) throw THROTTLED;
      },
    });
    const own = result.reads.filter(({ shardId }) => shardId === "a");
    expect(
      spacings(own)
        .slice(0, 3)
        .map((ms) => Math.floor(ms / 1_000)),
    ).toEqual([2, 4, 8]);
    expect(result.seen).toEqual(range(0, 200));
    expect(result.endings).toEqual([{ kind: "satisfied" }]);
    expect(result.stretches.every(({ complete }) => complete)).toBe(true);
  });

  it("is a sample where it cannot be caught up with, and says from where on", async () => {
    const result = await observe({
      shards: { a: large(5_000, 2_000), b: [] },
      settled: 5_000,
      task: { deadlineMs: () => START_MS + 6_000 },
    });
    expect(result.endings).toEqual([{ kind: "deadline", lastError: null }]);
    const unread = result.stretches.filter(({ complete }) => !complete);
    expect(unread.map(({ shardId }) => shardId)).toEqual(["a"]);
    const lastArrivedMs = PLAN.intendedMs(result.seen.at(-1) ?? 0) + 5;
    expect(unread).toMatchObject([{ fromMs: lastArrivedMs, records: 0 }]);
  });

  it("is a sample where it throttles to the end", async () => {
    const result = await observe({
      shards: { a: records([0]) },
      settled: 1,
      gate: () => {
        throw THROTTLED;
      },
    });
    expect(result.stretches).toMatchObject([{ shardId: "a", complete: false, fromMs: START_MS - 15_000 }]);
    expect(result.endings).toMatchObject([
      { kind: "deadline", lastError: { code: "ProvisionedThroughputExceededException" } },
    ]);
  });

  it("that is not there ends the wait at once, and says so", async () => {
    const result = await observe({
      shards: { a: [] },
      settled: 1,
      gate: () => {
        throw serviceError("ResourceNotFoundException", 400);
      },
    });
    expect(result.endings).toMatchObject([{ kind: "refused", error: { code: "ResourceNotFoundException" } }]);
    expect(result.reads).toHaveLength(1);
  });

  it("is read on from after the last record where an iterator has expired", async () => {
    const result = await observe({
      shards: { a: [...records(range(0, 5)), { data: "sp-run-alb-5", arrivedMs: START_MS + 2_500 }] },
      settled: 6,
      gate: ({ index }) => {
        if (index === 2) throw serviceError("ExpiredIteratorException", 400);
      },
    });
    expect(result.iterators.at(-1)).toMatchObject({
      ShardIteratorType: "AFTER_SEQUENCE_NUMBER",
      StartingSequenceNumber: "4",
    });
    expect(result.seen).toEqual(range(0, 6));
    expect(result.extra).toBe(0);
  });

  it("is left at once when the run is interrupted, with what was seen kept", async () => {
    const control = new AbortController();
    const result = await observe({
      shards: { a: records([0]) },
      settled: 2,
      signal: control.signal,
      gate: ({ index }) => {
        if (index === 3) control.abort();
      },
    });
    expect(result.seen).toEqual([0]);
    expect(result.endings).toEqual([{ kind: "interrupted" }]);
  });
});
