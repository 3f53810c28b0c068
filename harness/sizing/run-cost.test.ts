import { describe, expect, it } from "vitest";
import type { StackSize } from "../model/stack-size.ts";
import { runCostUsd } from "./run-cost.ts";

const size: StackSize = {
  region: "us-east-1",
  stream: { name: "events", openShards: 2, isOnDemand: false },
  table: { name: "sink", isOnDemand: true, writeCapacity: 0, readCapacity: 0, writeScaling: null, readScaling: null },
  entryFunction: { name: "ingest", memoryMb: 512, reservedConcurrency: null },
  consumerFunction: { name: "processor", memoryMb: 512, reservedConcurrency: null },
  mapping: { batchSize: 100, parallelization: 1 },
  api: null,
  loadBalancer: "arn:alb",
  unread: [],
};
const run = { events: 1_000_000, durationMs: 100_000, eventsPerRequest: 1, eventBytes: 200 };

describe("what a load run costs", () => {
  it("is some dollars for a million events, writes and function time before all", () => {
    // 1M writes 0.63, 2M reads 0.25, 1M + 0.1M invocations of 100 ms of half a GB 1.14, PUT units 0.01, logs 0.31
    expect(runCostUsd(size, run)).toBeGreaterThan(1.5);
    expect(runCostUsd(size, run)).toBeLessThan(4);
  });

  it("counts writes of a provisioned table as if they were paid by request", () => {
    const provisioned = {
      ...size,
      table: {
        ...size.table,
        name: "sink",
        isOnDemand: false,
        writeCapacity: 10,
        readCapacity: 5,
        writeScaling: null,
        readScaling: null,
      },
    };
    expect(runCostUsd(provisioned, run)).toBeCloseTo(runCostUsd(size, run), 6);
  });

  it("grows with events and their size, and falls with batches", () => {
    expect(runCostUsd(size, { ...run, events: 2_000_000 })).toBeCloseTo(2 * runCostUsd(size, run), 6);
    expect(runCostUsd(size, { ...run, eventBytes: 5_000 })).toBeGreaterThan(runCostUsd(size, run));
    expect(runCostUsd(size, { ...run, eventsPerRequest: 10 })).toBeLessThan(runCostUsd(size, run));
  });
});
