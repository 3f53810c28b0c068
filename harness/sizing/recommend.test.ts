import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LimitName, Sizing } from "../model/load.ts";
import type { Consumption } from "../model/load-consumption.ts";
import type { Bottleneck, Capacity } from "../model/load-report.ts";
import type { StackSize } from "../model/stack-size.ts";
import type { SizingBasis } from "./knob-need.ts";
import { leastOf } from "./knob-values.ts";
import { HOURS_PER_MONTH } from "./prices.ts";
import { recommend } from "./recommend.ts";

const size: StackSize = {
  region: "us-east-1",
  stream: { name: "events", openShards: 2, isOnDemand: false },
  table: {
    name: "sink",
    isOnDemand: false,
    writeCapacity: 10,
    readCapacity: 5,
    writeScaling: { min: 10, max: 400 },
    readScaling: { min: 5, max: 100 },
  },
  entryFunction: { name: "ingest", memoryMb: 512, reservedConcurrency: null },
  consumerFunction: { name: "processor", memoryMb: 512, reservedConcurrency: null },
  mapping: { batchSize: 100, parallelization: 1 },
  api: null,
  loadBalancer: "arn:alb",
  unread: [],
};

const use: Consumption = {
  requestsPerEvent: 1,
  requestBytesPerEvent: 200,
  streamRecordsPerEvent: 1,
  streamBytesPerEvent: 200,
  writeUnitsPerEvent: 1,
  entry: { invocationsPerEvent: 1, durationMs: 50, concurrentExecutions: 5 },
  consumer: { invocationsPerEvent: 0.1, durationMs: 100, concurrentExecutions: 2 },
  eventsPerBusySecond: 200,
  heldEventsPerSecond: 90,
};

const sizing: Sizing = {
  streamShards: { variable: "stream_shard_count", shape: "number" },
  tableWriteCapacity: { variable: "table_write_capacity", shape: "min-max" },
  entryConcurrency: { variable: "ingest_reserved_concurrency", shape: "number" },
  consumerConcurrency: { variable: "processor_reserved_concurrency", shape: "number" },
  mappingParallelization: { variable: "mapping_parallelization_factor", shape: "number" },
};

function basis(target: number, limit: LimitName | null, held: number, changes: Partial<SizingBasis> = {}): SizingBasis {
  const bottleneck: Bottleneck =
    limit === null
      ? { kind: "unknown", reason: "" }
      : { kind: "known", limit, subject: `the ${limit}`, eventsPerSecond: held, evidence: [] };
  const capacity: Capacity = {
    kind: "found",
    holdsEventsPerSecond: held,
    breaksEventsPerSecond: null,
    confidence: "",
    burst: null,
    bottleneck,
    next: { kind: "unknown", reason: "" },
  };
  return { targetEventsPerSecond: target, size, use, capacity, bottleneck, ...changes };
}

describe("a recommendation", () => {
  it("gives the table the least capacity of which the target uses 70%, and names the variable with its shape and reason", () => {
    const { recommendation, values } = recommend(basis(500, "table-write-capacity", 10), sizing);
    expect(values.tableWriteCapacity).toEqual({ min: 715, max: 715 });
    expect(recommendation.changes).toContainEqual(
      expect.objectContaining({
        variable: "table_write_capacity",
        before: "{ min = 10, max = 400 }",
        after: "{ min = 715, max = 715 }",
      }),
    );
    expect(recommendation.tfvars).toContain("table_write_capacity = { min = 715, max = 715 }");
    expect(recommendation.tfvars).toMatch(/^# .*write units/m);
  });

  it("takes what AWS allows a shard where shards were not the limit, with a quarter to spare", () => {
    expect(recommend(basis(4_000, null, 90), sizing).values.streamShards).toBe(5);
  });

  it("takes what a shard held where that is less", () => {
    expect(recommend(basis(400, "shard-records", 80), sizing).values.streamShards).toBe(13);
  });

  it("counts the bytes of large events", () => {
    const large = { ...use, streamBytesPerEvent: 10_000 };
    expect(recommend(basis(400, null, 90, { use: large }), sizing).values.streamShards).toBe(5);
  });

  it("raises parallelization before it adds shards for the consumer", () => {
    expect(recommend(basis(1_000, null, 90), sizing).values).toMatchObject({
      streamShards: 2,
      mappingParallelization: 4,
    });
    const slow = { ...use, eventsPerBusySecond: 20 };
    expect(recommend(basis(1_000, null, 90, { use: slow }), sizing).values).toMatchObject({
      streamShards: 7,
      mappingParallelization: 9,
    });
  });

  it("takes what a lane held where the consumer fell behind", () => {
    expect(recommend(basis(400, "consumer-throughput", 100), sizing).values.mappingParallelization).toBe(5);
  });

  it("leaves concurrency alone where none is reserved, and raises what is reserved", () => {
    expect(recommend(basis(500, null, 90), sizing).values).not.toHaveProperty("entryConcurrency");
    const reserved = { ...size, entryFunction: { name: "ingest", memoryMb: 512, reservedConcurrency: 5 } };
    // 500/s × 50 ms are 25 at once, and 10 requests/s for each unit want 50.
    expect(recommend(basis(500, null, 90, { size: reserved }), sizing).values.entryConcurrency).toBe(63);
  });

  it("gives every batch that may run at once a place where the consumer's concurrency is reserved", () => {
    const reserved = { ...size, consumerFunction: { name: "processor", memoryMb: 512, reservedConcurrency: 1 } };
    const { values } = recommend(basis(1_000, "consumer-concurrency", 90, { size: reserved }), sizing);
    expect(leastOf(values.consumerConcurrency ?? 0)).toBeGreaterThanOrEqual(8);
  });

  it("sends to the account's quota where nothing is reserved and concurrency was the limit", () => {
    const { recommendation } = recommend(basis(500, "entry-concurrency", 90), sizing);
    expect(recommendation.byHand.join(" ")).toContain("Service Quotas");
  });

  it("sets the API's throttling with room and half a second's burst", () => {
    const api = {
      ...size,
      stream: null,
      mapping: null,
      consumerFunction: null,
      api: { name: "api", requestsPerSecond: 100, burst: 20 },
    };
    const { values, recommendation } = recommend(basis(400, "api-throttle", 100, { size: api }), sizing);
    expect(values).toMatchObject({ apiRequestsPerSecond: 500, apiBurst: 250 });
    expect(recommendation.byHand.join(" ")).toContain("apiRequestsPerSecond: set it to 500; the stack has no variable");
  });

  it("names what was not measured and sizes none of it", () => {
    const blind = { ...use, writeUnitsPerEvent: null, streamRecordsPerEvent: null, eventsPerBusySecond: null };
    const { values, recommendation } = recommend(basis(500, null, 90, { use: blind }), sizing);
    expect(values).toEqual({});
    expect(recommendation.byHand.join(" ")).toContain("ConsumedWriteCapacityUnits did not come");
  });

  it("makes nothing smaller, and nothing smaller for a higher target", () => {
    const rate = fc.integer({ min: 1, max: 20_000 });
    fc.assert(
      fc.property(rate, rate, (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)].map((each) =>
          recommend(basis(each, null, 90), sizing),
        );
        for (const knob of ["streamShards", "tableWriteCapacity"] as const) {
          const [before, after] = [leastOf(low?.values[knob] ?? 0), leastOf(high?.values[knob] ?? 0)];
          expect(before).toBeGreaterThanOrEqual(knob === "streamShards" ? 2 : 10);
          expect(after).toBeGreaterThanOrEqual(before);
        }
      }),
    );
  });

  it("costs what its sizes cost in 730 hours, both columns at the same rate", () => {
    const { monthlyCost } = recommend(basis(500, "table-write-capacity", 10), sizing).recommendation;
    const line = (item: string) => monthlyCost.lines.find((one) => one.item === item);
    expect(line("table: write capacity")).toEqual({
      item: "table: write capacity",
      beforeUsd: 4.75,
      afterUsd: Math.round(715 * 0.00065 * HOURS_PER_MONTH * 100) / 100,
    });
    // 500/s for a month are 1,314 million records of one unit.
    expect(line("stream: PUT units")).toMatchObject({ beforeUsd: 18.4, afterUsd: 18.4 });
    // 1,314 million requests, and each 0.05 s of half a GB.
    expect(line("entry function: requests and time")?.afterUsd).toBeCloseTo(
      1_314 * 0.2 + 1_314e6 * 0.025 * 0.0000166667,
      0,
    );
    expect(monthlyCost.afterUsd).toBeGreaterThan(monthlyCost.beforeUsd);
  });

  it("says that other regions have other prices", () => {
    const { monthlyCost } = recommend(
      basis(500, null, 90, { size: { ...size, region: "eu-west-1" } }),
      sizing,
    ).recommendation;
    expect(monthlyCost.assumptions.join(" ")).toContain("the stack is in eu-west-1, whose prices differ");
  });
});
