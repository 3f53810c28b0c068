import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { describe, expect, it } from "vitest";
import { CONFIG, METADATA, serviceError } from "../testing/clients.ts";
import { createTools, RUN, START_MS } from "../testing/tools.ts";
import { SettledQueue } from "./awaited-load.ts";
import { LIMIT_METRICS, observeLoadMetrics } from "./load-metrics.ts";

const ROLES = { stream: "events", table: "items", tableActions: "dynamodb:UpdateItem" };
/** The load begins half a minute into a minute, and runs for 90 s. */
const SENDING_MS = 90_000;
const MINUTE_MS = 60_000;
const firstMinute = START_MS - 30_000;

type Values = Readonly<Record<string, number>>;

/** What each metric holds by the minute's index, at a time since the start. */
type Shown = (sinceMs: number) => readonly Values[];

function cloudWatch(nowMs: () => number, shown: Shown, pageSize = Number.POSITIVE_INFINITY) {
  const reads: { readonly metrics: readonly string[]; readonly sinceMs: number }[] = [];
  const client = new CloudWatchClient(CONFIG);
  client.middlewareStack.add(
    () => async (args) => {
      const { input } = args;
      if (!("MetricDataQueries" in input)) throw new Error("not GetMetricData");
      const queries = input.MetricDataQueries ?? [];
      const page = "NextToken" in input ? Number(input.NextToken) : 0;
      const sinceMs = nowMs() - START_MS;
      if (page === 0)
        reads.push({ metrics: queries.map(({ MetricStat }) => MetricStat?.Metric?.MetricName ?? ""), sinceMs });
      const minutes = shown(sinceMs);
      const MetricDataResults = queries.slice(page, page + pageSize).map(({ Id, MetricStat }) => {
        const name = MetricStat?.Metric?.MetricName ?? "";
        const there = minutes.flatMap((values, index) => {
          const value = values[name];
          return value === undefined ? [] : [{ at: new Date(firstMinute + index * MINUTE_MS), value }];
        });
        return { Id, Timestamps: there.map(({ at }) => at), Values: there.map(({ value }) => value) };
      });
      const next = page + pageSize < queries.length ? { NextToken: String(page + pageSize) } : {};
      return { response: {}, output: { ...METADATA, MetricDataResults, ...next } };
    },
    { step: "initialize", priority: "high" },
  );
  return { reads, clients: { cloudwatch: async () => client } };
}

async function observe(shown: Shown, pageSize?: number) {
  const awaited = new SettledQueue();
  const { tools, clock, journal } = createTools(() => ({}));
  const service = cloudWatch(clock.nowMs, shown, pageSize);
  const watching = observeLoadMetrics(
    {
      scenario: RUN.scenario,
      roles: ROLES,
      awaited,
      startMs: START_MS,
      deadlineMs: () => START_MS + SENDING_MS + 300_000,
    },
    { ...tools, clients: { ...tools.clients, ...service.clients } },
  );
  await clock.wait(SENDING_MS, tools.signal);
  awaited.end();
  await watching;
  const facts = journal.of("load-metric");
  return {
    reads: service.reads,
    facts,
    last: (name: string) => facts.findLast(({ metric }) => metric === name),
    ending: journal.of("wait-ended")[0],
    endedMs: clock.nowMs() - START_MS,
  };
}

const FLOWING = { IncomingRecords: 100, IncomingBytes: 2_000, ConsumedWriteCapacityUnits: 100 };
const allThere: Shown = () => [FLOWING, FLOWING];

describe("the metrics of a load", () => {
  it("are read with their dimensions, oldest datapoint first, and what did not come is not there", async () => {
    const { last, facts, ending } = await observe(allThere);
    expect(last("IncomingRecords")).toMatchObject({
      namespace: "AWS/Kinesis",
      statistic: "Sum",
      dimensions: { StreamName: "events" },
      periodMs: MINUTE_MS,
      datapoints: [
        { startMs: firstMinute, value: 100 },
        { startMs: firstMinute + MINUTE_MS, value: 100 },
      ],
    });
    expect(facts.map(({ metric }) => metric)).not.toContain("WriteThrottleEvents");
    expect(ending).toMatchObject({ hop: LIMIT_METRICS, ending: { kind: "satisfied" } });
  });

  it("are asked for in one call, and all pages of its answer are read", async () => {
    const { reads, last } = await observe(allThere, 2);
    expect(reads.at(-1)?.metrics).toHaveLength(11);
    for (const metric of Object.keys(FLOWING)) expect(last(metric)?.datapoints).toHaveLength(2);
  });

  it("are waited for until those that flow with the events have the last minute", async () => {
    const late: Shown = (sinceMs) => (sinceMs < SENDING_MS + 120_000 ? [FLOWING] : [FLOWING, FLOWING]);
    const { endedMs, last, ending } = await observe(late);
    expect(endedMs).toBeGreaterThan(SENDING_MS + 120_000);
    expect(endedMs).toBeLessThan(SENDING_MS + 150_000);
    expect(last("ConsumedWriteCapacityUnits")?.datapoints).toHaveLength(2);
    expect(ending?.ending).toEqual({ kind: "satisfied" });
  });

  it("are read again until none changes any more: a minute may show before it is whole", async () => {
    const growing: Shown = (sinceMs) => {
      const records = Math.min(100, 50 + Math.floor((sinceMs - SENDING_MS) / 200));
      return [FLOWING, { ...FLOWING, IncomingRecords: records, WriteThrottleEvents: records - 50 }];
    };
    const { last } = await observe(growing);
    expect(last("IncomingRecords")?.datapoints.at(-1)?.value).toBe(100);
    expect(last("WriteThrottleEvents")?.datapoints.at(-1)?.value).toBe(50);
  });

  it("that never come end the wait at the deadline", async () => {
    const { endedMs, facts, ending } = await observe(() => []);
    expect(facts).toEqual([]);
    expect(ending?.ending).toEqual({ kind: "deadline", lastError: null });
    expect(endedMs).toBeGreaterThanOrEqual(SENDING_MS + 300_000);
  });

  it("that show the iterator's age are read while the load runs, and journalled when they have news", async () => {
    const ages = { "GetRecords.IteratorAgeMilliseconds": 1_000 };
    const { reads, facts } = await observe((sinceMs) =>
      sinceMs < 45_000 ? [FLOWING] : [FLOWING, { ...FLOWING, ...ages }],
    );
    const live = reads.filter(({ sinceMs }) => sinceMs < SENDING_MS);
    expect(live.length).toBeGreaterThan(5);
    expect(live.every(({ metrics }) => metrics.length === 1)).toBe(true);
    const ofAge = facts.filter(({ metric }) => metric === "GetRecords.IteratorAgeMilliseconds");
    expect(ofAge).toHaveLength(1);
    expect(ofAge[0]?.atMs).toBeLessThan(START_MS + 60_000);
  });

  it("that may not be read are told so", async () => {
    const { ending } = await observe(() => {
      throw serviceError("AccessDenied", 403);
    });
    expect(ending).toMatchObject({ ending: { kind: "refused", error: { operation: "cloudwatch:GetMetricData" } } });
  });
});
