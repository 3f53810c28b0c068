import { describe, expect, test } from "vitest";
import { allowEverything } from "../../authorization/testing/allow-everything.ts";
import { ManualClock } from "../../clock/testing/manual-clock.ts";
import { noFaults } from "../../faults/no-faults.ts";
import { unimplementedCounter } from "../../wire/unimplemented.ts";
import { call, output } from "../testing/call.ts";
import { createCloudWatch, metricSinkOf } from "./cloudwatch.ts";
import { MetricStore } from "./metric-store.ts";

/** A whole minute. */
const noonMs = 1_800_000_000_000;

function cloudWatch(options = { periodMs: 1000, delayMs: 1000 }) {
  const clock = new ManualClock(noonMs);
  const store = new MetricStore(clock, noFaults, options);
  const unimplemented = unimplementedCounter();
  const sink = metricSinkOf(store);
  const add = (value: number, atMs = clock.nowMs(), dimensions: Record<string, string> = { StreamName: "orders" }) =>
    sink.add({ namespace: "AWS/Kinesis", name: "IncomingRecords", dimensions, value, unit: "Count", atMs });
  return { clock, add, unimplemented, service: createCloudWatch(store, clock, allowEverything, unimplemented) };
}

function query(Stat = "Sum", Period = 60, more: Record<string, unknown> = {}) {
  const Metric = {
    Namespace: "AWS/Kinesis",
    MetricName: "IncomingRecords",
    Dimensions: [{ Name: "StreamName", Value: "orders" }],
    ...more,
  };
  const seconds = noonMs / 1000;
  return {
    StartTime: seconds - 600,
    EndTime: seconds + 600,
    MetricDataQueries: [{ Id: "m", MetricStat: { Metric, Period, Stat } }],
  };
}

const result = async (service: ReturnType<typeof cloudWatch>["service"], input: unknown) => {
  const { MetricDataResults } = await output(service, "GetMetricData", input);
  return Array.isArray(MetricDataResults) ? MetricDataResults[0] : undefined;
};

describe("a sample becomes visible", () => {
  test("when its period has ended and the delay is over, not before", async () => {
    const { clock, add, service } = cloudWatch();
    clock.advance(200);
    add(3);
    clock.advance(1799);
    expect(await result(service, query())).toMatchObject({ Values: [], StatusCode: "Complete" });
    clock.advance(1);
    expect(await result(service, query())).toMatchObject({ Timestamps: [noonMs / 1000], Values: [3] });
  });

  test("with AWS' own period and delay after the whole minute and three more", async () => {
    const { clock, add, service } = cloudWatch({ periodMs: 60_000, delayMs: 180_000 });
    clock.advance(1);
    add(1);
    clock.advance(239_998);
    expect(await result(service, query())).toMatchObject({ Values: [] });
    clock.advance(1);
    expect(await result(service, query())).toMatchObject({ Values: [1] });
  });
});

describe("datapoints", () => {
  test("gather the samples of their minute, and a minute without samples has none", async () => {
    const { clock, add, service } = cloudWatch();
    add(1);
    add(2, noonMs + 59_999);
    add(5, noonMs + 120_000);
    clock.advance(300_000);
    expect(await result(service, { ...query(), ScanBy: "TimestampAscending" })).toMatchObject({
      Timestamps: [noonMs / 1000, noonMs / 1000 + 120],
      Values: [3, 5],
    });
    expect(await result(service, query())).toMatchObject({ Values: [5, 3] });
  });

  test.each([
    ["Sum", 10],
    ["SampleCount", 4],
    ["Average", 2.5],
    ["Minimum", 1],
    ["Maximum", 4],
  ])("have the statistic %s", async (Stat, expected) => {
    const { clock, add, service } = cloudWatch();
    for (const value of [1, 2, 3, 4]) add(value);
    clock.advance(5000);
    expect(await result(service, query(Stat))).toMatchObject({ Values: [expected] });
  });

  test.each([
    ["p50", 500],
    ["p90", 900],
    ["p99", 990],
    ["p99.9", 999],
  ])("have the percentile %s within one percent", async (Stat, expected) => {
    const { clock, add, service } = cloudWatch();
    for (let value = 1; value <= 1000; value += 1) add(value);
    clock.advance(5000);
    const [value] = (await result(service, query(Stat)))?.Values ?? [];
    expect(Math.abs(value - expected) / expected).toBeLessThan(0.012);
  });

  test("of five minutes gather those of one", async () => {
    const { clock, add, service } = cloudWatch();
    add(1);
    add(2, noonMs + 240_000);
    clock.advance(300_000);
    expect(await result(service, query("Sum", 300))).toMatchObject({ Timestamps: [noonMs / 1000], Values: [3] });
  });

  test("start within the span asked for, its end excluded", async () => {
    const { clock, add, service } = cloudWatch();
    for (const minute of [0, 1, 2]) add(minute + 1, noonMs + minute * 60_000);
    clock.advance(300_000);
    const span = { StartTime: noonMs / 1000 + 60, EndTime: noonMs / 1000 + 120 };
    expect(await result(service, { ...query(), ...span })).toMatchObject({ Values: [2] });
  });

  test("belong to one set of dimensions alone", async () => {
    const { clock, add, service } = cloudWatch();
    add(1);
    add(9, clock.nowMs(), { StreamName: "orders", ShardId: "0" });
    clock.advance(5000);
    expect(await result(service, query())).toMatchObject({ Values: [1] });
  });
});

describe("GetMetricStatistics", () => {
  test("gives the statistics asked for, with the unit", async () => {
    const { clock, add, service } = cloudWatch();
    for (const value of [10, 20]) add(value);
    clock.advance(5000);
    const answer = await output(service, "GetMetricStatistics", {
      Namespace: "AWS/Kinesis",
      MetricName: "IncomingRecords",
      Dimensions: [{ Name: "StreamName", Value: "orders" }],
      StartTime: "2027-01-15T07:59:00Z",
      EndTime: "2027-01-15T08:10:00Z",
      Period: "60",
      Statistics: ["Sum", "Maximum"],
      ExtendedStatistics: ["p100"],
    });
    expect(answer).toEqual({
      Label: "IncomingRecords",
      Datapoints: [{ Timestamp: noonMs / 1000, Sum: 30, Maximum: 20, ExtendedStatistics: { p100: 20 }, Unit: "Count" }],
    });
  });

  test("wants at least one statistic", async () => {
    const input = { Namespace: "N", MetricName: "M", StartTime: 0, EndTime: 60, Period: 60 };
    const answer = await call(cloudWatch().service, "GetMetricStatistics", input);
    expect(answer).toMatchObject({ code: "MissingRequiredParameterException" });
  });
});

describe("ListMetrics", () => {
  test("lists what is visible, by namespace, name and dimensions", async () => {
    const { clock, add, service } = cloudWatch();
    add(1);
    add(1, clock.nowMs(), { StreamName: "others" });
    expect(await output(service, "ListMetrics", {})).toEqual({ Metrics: [] });
    clock.advance(5000);
    const Dimensions = [{ Name: "StreamName", Value: "orders" }];
    const listed = await output(service, "ListMetrics", { Namespace: "AWS/Kinesis", Dimensions });
    expect(listed).toEqual({ Metrics: [{ Namespace: "AWS/Kinesis", MetricName: "IncomingRecords", Dimensions }] });
  });
});

describe("PutMetricData", () => {
  test("takes values, counted values and statistics", async () => {
    const { clock, service } = cloudWatch();
    await output(service, "PutMetricData", {
      Namespace: "Shop",
      MetricData: [
        { MetricName: "Sold", Value: 1 },
        { MetricName: "Sold", Values: [2, 3], Counts: [10, 1] },
        { MetricName: "Sold", StatisticValues: { SampleCount: 2, Sum: 6, Minimum: 1, Maximum: 5 } },
      ],
    });
    clock.advance(5000);
    const metric = { Namespace: "Shop", MetricName: "Sold", Dimensions: [] };
    expect(await result(service, query("Sum", 60, metric))).toMatchObject({ Values: [30] });
    expect(await result(service, query("Maximum", 60, metric))).toMatchObject({ Values: [5] });
  });

  test("leaves the namespaces of AWS to AWS", async () => {
    const answer = await call(cloudWatch().service, "PutMetricData", { Namespace: "AWS/Kinesis", MetricData: [] });
    expect(answer).toMatchObject({ code: "InvalidParameterValueException" });
  });
});

describe("what is not there", () => {
  test("metric math is refused and counted", async () => {
    const { service, unimplemented } = cloudWatch();
    const input = { StartTime: 0, EndTime: 60, MetricDataQueries: [{ Id: "e", Expression: "m1 + m2" }] };
    expect(await call(service, "GetMetricData", input)).toMatchObject({ code: "ValidationError" });
    expect(unimplemented.counts()).toEqual([
      { service: "monitoring", operation: "GetMetricData with Expression", count: 1 },
    ]);
  });

  test("an unknown statistic is refused by name", async () => {
    const answer = await call(cloudWatch().service, "GetMetricData", query("tm99"));
    expect(answer).toMatchObject({ code: "ValidationError", message: expect.stringContaining("tm99") });
  });
});
