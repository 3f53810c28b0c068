import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CannotRun } from "../model/errors.ts";
import type { Fact } from "../model/fact.ts";
import type { LoadProfile, LoadSpec } from "../model/load.ts";
import type { LoadFact } from "../model/load-fact.ts";
import { History } from "../model/testing/history.ts";
import { readJournal } from "./reader.ts";
import { openJournal } from "./writer.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "load-journal-"));
  path = join(folder, "journal.ndjson");
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = { atMs: 1, scenario: "s" };
const none = { kind: "ranges", ranges: [] } as const;
const second: LoadFact = {
  ...at,
  fact: "load-second",
  worker: 1,
  second: 1_792_000_000,
  acked: { kind: "bitmap", from: 8, bits: "qqo=" },
  rejected: none,
  unknown: { kind: "ranges", ranges: [3, 5] },
  unsent: none,
  sentRequests: 11,
  inFlight: 2,
  answers: { "202": 9, timeout: 2 },
  latency: "HISTFAAA",
  service: "",
  sendDelay: "",
  sentBytes: 1100,
  samples: [{ answer: "503", body: "line one\nline two" }],
};

const loadFacts: readonly LoadFact[] = [
  {
    ...at,
    fact: "load-phase",
    plan: {
      phase: 0,
      purpose: "search",
      startMs: 2.5,
      durationMs: 1000,
      fromEventsPerSecond: 10,
      toEventsPerSecond: 20,
      firstRequest: 0,
      requestCount: 15,
    },
  },
  second,
  {
    ...at,
    fact: "load-arrived",
    hop: "table",
    seen: none,
    repeated: none,
    extra: 3,
    strangers: ["sp-r-p-9"],
    latency: "",
  },
  {
    ...at,
    fact: "load-absent",
    hop: "table",
    absent: { kind: "ranges", ranges: [1, 2] },
    readAtMs: 9,
    consistent: true,
  },
  {
    ...at,
    fact: "load-stream-read",
    hop: "stream",
    shardId: "shardId-0",
    complete: false,
    fromMs: 1,
    untilMs: 2,
    records: 7,
  },
  { ...at, fact: "load-reordered", hop: "stream", overtaken: none, samples: ["sp-r-p-2 after sp-r-p-3"] },
  {
    ...at,
    fact: "load-metric",
    namespace: "AWS/Kinesis",
    metric: "IncomingRecords",
    statistic: "Sum",
    dimensions: { StreamName: "events" },
    periodMs: 60_000,
    datapoints: [{ startMs: 0, value: 12.5 }],
  },
  { ...at, fact: "load-aborted", reason: "the error budget is spent" },
  { ...at, fact: "load-cleaned", outcome: { kind: "expires", table: "events", attribute: "expires_at", atMs: 10 } },
  { ...at, fact: "load-cleaned", outcome: { kind: "removed", table: "events", items: 3 } },
  { ...at, fact: "load-cleaned", outcome: { kind: "left", table: "events", reason: "no TTL" } },
  {
    ...at,
    fact: "load-engine",
    engine: "artillery",
    version: "2.0.21",
    worker: 1,
    report: { kind: "read", counters: { "http.codes.202": 9, "errors.ETIMEDOUT": 1 } },
    unnamedRequests: 2,
  },
  {
    ...at,
    fact: "load-engine",
    engine: "artillery",
    version: "2.0.21",
    worker: 2,
    report: { kind: "missing", reason: "it wrote none" },
    unnamedRequests: 0,
  },
  {
    ...at,
    fact: "load-saturated",
    connections: 8,
    durationMs: 10_000,
    ackedRequestsPerSecond: 47.1,
    p50Ms: 12.5,
    p99Ms: 90,
    rejectedRequests: 0,
    unknownRequests: 8,
  },
];

const profiles: readonly LoadProfile[] = [
  { kind: "steady", eventsPerSecond: 10, durationMs: 1000 },
  { kind: "ramp", fromEventsPerSecond: 10, toEventsPerSecond: 20, durationMs: 1000 },
  { kind: "step", steps: [{ eventsPerSecond: 10, durationMs: 1000 }] },
  { kind: "spike", baseEventsPerSecond: 10, spikeEventsPerSecond: 90, baseMs: 1000, spikeMs: 500 },
  { kind: "search", lowestEventsPerSecond: 1, highestEventsPerSecond: 900, stepMs: 5000, budgetMs: 90_000 },
  { kind: "closed-loop", connections: 8, durationMs: 10_000, mostRequests: 1000 },
];

function started(): Fact {
  const [start] = new History().facts;
  if (start?.fact !== "run-started") throw new Error("no start");
  const loads = profiles.map(
    (profile): LoadSpec => ({
      scenario: "s",
      profile,
      eventsPerRequest: 5,
      bodyBytes: null,
      workers: 2,
      policy: { latencyP99Ms: 500, errorRatio: 0.01, sinkP99Ms: 5000, iteratorAgeMs: 10_000 },
      targetEventsPerSecond: 2500,
      sizing: {
        streamShards: { variable: "stream_shard_count", shape: "number" },
        tableWriteCapacity: { variable: "table_write_capacity", shape: "min-max" },
      },
    }),
  );
  return { ...start, kind: "load", loads };
}

describe("the journal of a load run", () => {
  const facts = [started(), ...loadFacts];

  it("reads back exactly what was written", () => {
    const journal = openJournal(path);
    for (const fact of facts) journal.append(fact);
    journal.close();
    expect(readJournal(path)).toEqual(facts);
  });

  it("is read across the edges of what is read at once, letters of several bytes included", () => {
    const long: Fact[] = Array.from({ length: 40 }, (_, index) => ({
      ...second,
      samples: [{ answer: String(index), body: "ä→😀".repeat(10_000 + index) }],
    }));
    writeFileSync(path, long.map((fact) => `${JSON.stringify(fact)}\n`).join(""));
    expect(readJournal(path)).toEqual(long);
    appendFileSync(path, '{"fact":"load-second","atMs":');
    expect(readJournal(path)).toHaveLength(long.length);
  });

  it("has ten thousand lines as well as ten", () => {
    const line = `${JSON.stringify(second)}\n`;
    writeFileSync(path, line.repeat(10_000));
    const read = readJournal(path);
    expect(read).toHaveLength(10_000);
    expect(read.at(-1)).toEqual(second);
  });

  it.each([
    ["a range of negative numbers", { acked: { kind: "ranges", ranges: [-1, 2] } }],
    ["a set of no kind", { acked: { kind: "list", list: [] } }],
    ["no count", { sentRequests: undefined }],
    ["a count that is none", { answers: { "202": "many" } }],
  ])("refuses %s", (_, change) => {
    writeFileSync(path, `${JSON.stringify({ ...second, ...change })}\n`);
    expect(() => readJournal(path)).toThrow(CannotRun);
  });

  it("says that a folder is no journal", () => {
    expect(() => readJournal(folder)).toThrow("There is no journal to read");
  });
});
