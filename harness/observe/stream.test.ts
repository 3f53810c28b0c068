import { KinesisClient, type Shard, type _Record as StreamRecord } from "@aws-sdk/client-kinesis";
import { describe, expect, it } from "vitest";
import type { EventTag } from "../model/event.ts";
import type { StreamHop } from "../model/hop.ts";
import { CONFIG, METADATA, serviceError } from "./testing/clients.ts";
import { runObserver } from "./testing/run-observer.ts";
import { START_MS } from "./testing/tools.ts";

const HOP: StreamHop = { kind: "stream", name: "stream", stream: "events" };

interface Call {
  readonly atMs: number;
  readonly command: string;
  readonly input: object;
}

interface Page {
  readonly records?: StreamRecord[];
  readonly behindMs?: number;
  /** No iterator for a next read: the shard is closed and read to its end. */
  readonly isEnd?: boolean;
}

/** A stream whose shards give these pages, one after the other, and then nothing more. */
function scripted(script: { readonly shards: () => Shard[]; readonly read: (shardId: string, reads: number) => Page }) {
  const calls: Call[] = [];
  const client = new KinesisClient(CONFIG);
  const clients = (nowMs: () => number) => {
    client.middlewareStack.add(
      (_next, context) => async (args) => {
        const { input } = args;
        const command = context.commandName ?? "";
        const before = calls.filter((call) => JSON.stringify(call.input) === JSON.stringify(input)).length;
        calls.push({ atMs: nowMs(), command, input });
        if ("ShardIterator" in input) {
          const shardId = input.ShardIterator ?? "";
          const page = script.read(shardId, before);
          const output = { ...METADATA, Records: page.records ?? [], MillisBehindLatest: page.behindMs ?? 0 };
          return { response: {}, output: page.isEnd ? output : { ...output, NextShardIterator: shardId } };
        }
        if ("ShardIteratorType" in input) {
          return { response: {}, output: { ...METADATA, ...(input.ShardId && { ShardIterator: input.ShardId }) } };
        }
        return { response: {}, output: { ...METADATA, Shards: script.shards() } };
      },
      { step: "initialize", priority: "high" },
    );
    return { kinesis: async () => client };
  };
  return { calls, clients };
}

function shard(id: string, isClosed = false): Shard {
  const range = { StartingSequenceNumber: "0", ...(isClosed ? { EndingSequenceNumber: "9" } : {}) };
  return { ShardId: id, HashKeyRange: { StartingHashKey: "0", EndingHashKey: "1" }, SequenceNumberRange: range };
}

function record(sequence: string, data: string): StreamRecord {
  return { SequenceNumber: sequence, Data: new TextEncoder().encode(data), PartitionKey: "p" };
}

const event = (tag: EventTag) => `{"id":"${tag}"}`;

describe("the stream's observer", () => {
  it("begins a little before the run, and reads each shard at most once a second, all side by side", async () => {
    const { calls, clients } = scripted({ shards: () => [shard("a"), shard("b")], read: () => ({}) });
    await runObserver(HOP, ["sp-run-alb-0"], clients);
    const begin = calls.find(({ command }) => command === "GetShardIteratorCommand");
    expect(begin?.input).toMatchObject({ ShardIteratorType: "AT_TIMESTAMP", Timestamp: new Date(START_MS - 15_000) });
    const readsOf = (id: string) =>
      calls.filter(({ input }) => "ShardIterator" in input && input.ShardIterator === id).map(({ atMs }) => atMs);
    expect(readsOf("a")).toEqual(readsOf("b"));
    expect(readsOf("a").length).toBeGreaterThan(25);
    const spacings = readsOf("a")
      .slice(1)
      .map((atMs, index) => atMs - (readsOf("a")[index] ?? 0));
    expect(Math.min(...spacings)).toBeGreaterThanOrEqual(1_000);
  });

  it("tells the run's own events from all others", async () => {
    const records = [
      record("1", event("sp-run-alb-0")),
      record("2", event("sp-other-alb-0")),
      record("3", event("sp-run-api-0")),
      record("4", "not even JSON"),
      record("5", event("sp-run-alb-07")),
    ];
    const { clients } = scripted({ shards: () => [shard("a")], read: (_, n) => (n === 0 ? { records } : {}) });
    const { journal } = await runObserver(HOP, ["sp-run-alb-0"], clients);
    expect(journal.of("sighted").map(({ tag, occurrence }) => [tag, occurrence])).toEqual([["sp-run-alb-0", "1"]]);
  });

  it("reports an event that nobody sent: what is unexpected is not for it to judge", async () => {
    const records = [record("1", event("sp-run-alb-0")), record("2", event("sp-run-alb-99"))];
    const { clients } = scripted({ shards: () => [shard("a")], read: (_, n) => (n === 0 ? { records } : {}) });
    const { journal } = await runObserver(HOP, ["sp-run-alb-0"], clients);
    expect(journal.of("sighted").map(({ tag }) => tag)).toEqual(["sp-run-alb-0", "sp-run-alb-99"]);
  });

  it("uses the stream's own arrival time and says in which shard and where", async () => {
    const arrived = new Date(START_MS + 77);
    const records = [{ ...record("4951", event("sp-run-alb-0")), ApproximateArrivalTimestamp: arrived }];
    const { clients } = scripted({ shards: () => [shard("shardId-000000000003")], read: () => ({ records }) });
    const { journal } = await runObserver(HOP, ["sp-run-alb-0"], clients);
    expect(journal.of("sighted")).toMatchObject([
      { seenAtMs: START_MS + 77, place: "shardId-000000000003, sequence number 4951" },
    ]);
  });

  it("covers nothing as long as one shard has something left behind", async () => {
    const { clients } = scripted({
      shards: () => [shard("a"), shard("b")],
      read: (id) => ({ behindMs: id === "b" ? 1_000 : 0 }),
    });
    const { journal, ending } = await runObserver(HOP, ["sp-run-alb-0"], clients);
    expect(journal.of("covered")).toEqual([]);
    expect(ending).toMatchObject({ kind: "deadline" });
  });

  it.each(["a", "b"])("covers what every shard was read past, not what one was (%s lags)", async (laggard) => {
    const { clients } = scripted({
      shards: () => [shard("a"), shard("b")],
      read: (id, n) => ({ behindMs: id === laggard && n > 2 ? 1_000 : 0 }),
    });
    const { journal } = await runObserver(HOP, ["sp-run-alb-0"], clients);
    expect(Math.max(...journal.of("covered").map(({ untilMs }) => untilMs))).toBe(START_MS + 2_000);
  });

  it("follows a shard that is split while it reads, and covers nothing before it knows the children", async () => {
    let isSplit = false;
    const children = ["left", "right"];
    const { calls, clients } = scripted({
      shards: () => [shard("parent", isSplit), shard("other"), ...(isSplit ? children.map((id) => shard(id)) : [])],
      read: (id, n) => {
        if (id === "other") return {};
        if (id !== "parent")
          return n === 0 ? { records: [record(id, event(`sp-run-alb-${children.indexOf(id)}`))] } : {};
        isSplit = n === 2;
        return { isEnd: isSplit };
      },
    });
    const { journal, ending } = await runObserver(HOP, ["sp-run-alb-0", "sp-run-alb-1"], clients);
    expect(journal.of("sighted").map(({ tag }) => tag)).toEqual(["sp-run-alb-0", "sp-run-alb-1"]);
    expect(ending).toEqual({ kind: "satisfied" });
    const beginnings = calls.filter(({ input }) => "ShardIteratorType" in input).map(({ input }) => input);
    expect(beginnings).toMatchObject([
      { ShardId: "parent", ShardIteratorType: "AT_TIMESTAMP" },
      { ShardId: "other", ShardIteratorType: "AT_TIMESTAMP" },
      { ShardId: "left", ShardIteratorType: "TRIM_HORIZON" },
      { ShardId: "right", ShardIteratorType: "TRIM_HORIZON" },
    ]);
    expect(journal.of("covered").map(({ untilMs }) => untilMs - START_MS)).toEqual([0, 1_000, 3_000]);
  });

  it("does not read on in shards that were closed long ago", async () => {
    const { calls, clients } = scripted({
      shards: () => [shard("old", true), shard("new")],
      read: (id) => ({ isEnd: id === "old" }),
    });
    const { journal } = await runObserver(HOP, ["sp-run-alb-0"], clients);
    expect(calls.filter(({ input }) => "ShardIterator" in input && input.ShardIterator === "old")).toHaveLength(1);
    expect(calls.filter(({ command }) => command === "ListShardsCommand")).toHaveLength(1);
    expect(journal.of("covered").length).toBeGreaterThan(25);
  });

  it("renews an iterator that expired, from after the last record that it read", async () => {
    const { calls, clients } = scripted({
      shards: () => [shard("a")],
      read: (_, n) => {
        if (n === 0) return { records: [record("41", event("sp-run-alb-0"))] };
        if (n === 1) throw serviceError("ExpiredIteratorException", 400);
        return { records: [record("42", event("sp-run-alb-1"))] };
      },
    });
    const { journal, ending } = await runObserver(HOP, ["sp-run-alb-0", "sp-run-alb-1"], clients);
    expect(ending).toEqual({ kind: "satisfied" });
    expect(journal.of("sighted")).toHaveLength(2);
    expect(calls.filter(({ command }) => command === "GetShardIteratorCommand").at(-1)?.input).toMatchObject({
      ShardIteratorType: "AFTER_SEQUENCE_NUMBER",
      StartingSequenceNumber: "41",
    });
  });

  it("reads the other shards on while one is throttled", async () => {
    const { clients } = scripted({
      shards: () => [shard("a"), shard("b")],
      read: (id, n) => {
        if (id === "a") throw serviceError("ProvisionedThroughputExceededException", 400);
        return n === 3 ? { records: [record("1", event("sp-run-alb-0"))] } : {};
      },
    });
    const { journal, ending } = await runObserver(HOP, ["sp-run-alb-0"], clients);
    expect(journal.of("sighted").map(({ tag }) => tag)).toEqual(["sp-run-alb-0"]);
    expect(journal.of("covered")).toEqual([]);
    expect(ending).toMatchObject({ lastError: { code: "ProvisionedThroughputExceededException" } });
  });
});
