import { describe, expect, test } from "vitest";
import { ManualClock } from "../clock/testing/manual-clock.ts";
import type { PlantedLimits } from "./limit-file.ts";
import { createServiceLimits, type LimitedState } from "./service-limits.ts";

const table = { name: "orders", billing_mode: "PROVISIONED", read_capacity: 5, write_capacity: 10 };

function limits(planted: PlantedLimits = {}, state: Partial<LimitedState> = {}) {
  const clock = new ManualClock();
  return { clock, limits: createServiceLimits({ tables: [table], functions: [], ...state }, planted, clock) };
}

/** How often `admit` says yes of so many times. */
const admitted = (times: number, admit: () => boolean) => Array.from({ length: times }, admit).filter(Boolean).length;

describe("a shard", () => {
  const shard = (planted?: PlantedLimits) => {
    const made = limits(planted);
    return { clock: made.clock, shard: made.limits.ofShard("stream", "shard-0"), limits: made.limits };
  };

  test("takes 1,000 records a second", () => {
    const { shard: subject, clock } = shard();
    expect(admitted(2500, () => subject.admitRecord(10))).toBe(1000);
    clock.advance(500);
    expect(admitted(2500, () => subject.admitRecord(10))).toBe(500);
  });

  test("takes 1 MiB a second", () => {
    const { shard: subject, clock } = shard();
    expect(admitted(100, () => subject.admitRecord(64 * 1024))).toBe(16);
    clock.advance(1000);
    expect(admitted(100, () => subject.admitRecord(64 * 1024))).toBe(16);
  });

  test("counts no record against one rate that the other refuses", () => {
    const { shard: subject } = shard({ shardRecordsPerSecond: 2, shardBytesPerSecond: 100 });
    const sizes = [90, 50, 10, 1];
    expect(sizes.map((size) => subject.admitRecord(size))).toEqual([true, false, true, false]);
  });

  test("is read 5 times a second, whoever reads", () => {
    const { shard: subject, clock, limits: all } = shard();
    expect(admitted(10, () => all.ofShard("stream", "shard-0").admitRead())).toBe(5);
    clock.advance(400);
    expect(admitted(10, () => subject.admitRead())).toBe(2);
  });

  test.each([
    [2, 0],
    [3, 1500],
    [10, 5000],
  ])("that gave out %d MiB is read again after %d ms", (mebibytes, waitMs) => {
    const { shard: subject, clock } = shard();
    subject.admitRead();
    subject.gaveOut(mebibytes * 1024 * 1024);
    if (waitMs > 0) {
      clock.advance(waitMs - 1);
      expect(subject.admitRead()).toBe(false);
      clock.advance(1);
    }
    expect(subject.admitRead()).toBe(true);
  });

  test("has limits of its own", () => {
    const { shard: subject, limits: all } = shard({ shardRecordsPerSecond: 1 });
    expect(subject.admitRecord(1)).toBe(true);
    expect(all.ofShard("stream", "shard-1").admitRecord(1)).toBe(true);
    expect(all.ofShard("stream", "shard-0").admitRecord(1)).toBe(false);
  });
});

describe("a table", () => {
  test("has 300 s of its capacity at once, and then its capacity", () => {
    const { limits: all, clock } = limits();
    const { read, write } = all.ofTable("orders");
    expect(admitted(5000, () => write.admit(1))).toBe(3000);
    expect(admitted(5000, () => read.admit(0.5))).toBe(3000);
    clock.advance(2000);
    expect(admitted(100, () => write.admit(1))).toBe(20);
  });

  test.each([
    [0, 10],
    [1, 10],
    [5, 50],
  ])("keeps what it did not use for the planted %d s", (tableBurstSeconds, units) => {
    const { write } = limits({ tableBurstSeconds }).limits.ofTable("orders");
    expect(admitted(500, () => write.admit(1))).toBe(units);
  });

  test("takes more for what turned out larger, and less for what turned out smaller", () => {
    const { write } = limits({ tableBurstSeconds: 1 }).limits.ofTable("orders");
    write.admit(1);
    write.correct(4);
    write.admit(3);
    write.correct(-2);
    expect(admitted(100, () => write.admit(1))).toBe(4);
  });

  test("on demand starts with 4,000 writes and 12,000 reads a second", () => {
    const onDemand = { ...table, billing_mode: "PAY_PER_REQUEST", read_capacity: 0, write_capacity: 0 };
    const { mode, read, write } = limits({}, { tables: [onDemand] }).limits.ofTable("orders");
    expect(mode).toBe("on-demand");
    expect(admitted(5000, () => write.admit(1))).toBe(4000);
    expect(admitted(15_000, () => read.admit(1))).toBe(12_000);
  });

  test("that is not there is for DynamoDB to refuse", () => {
    expect(limits().limits.ofTable("other").write.admit(1e9)).toBe(true);
  });
});

describe("an API", () => {
  test("takes its burst at once and its rate from then on", () => {
    const { limits: all, clock } = limits({ apiRequestsPerSecond: 50, apiBurst: 20 });
    expect(admitted(100, () => all.apiRequests.admit())).toBe(20);
    clock.advance(100);
    expect(admitted(100, () => all.apiRequests.admit())).toBe(5);
  });

  test("has 10,000 a second and 5,000 at once without settings", () => {
    const { limits: all, clock } = limits();
    expect(admitted(10_000, () => all.apiRequests.admit())).toBe(5000);
    clock.advance(100);
    expect(admitted(10_000, () => all.apiRequests.admit())).toBe(1000);
  });
});
