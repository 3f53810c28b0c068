import { describe, expect, it } from "vitest";
import { createPool, type PoolOptions } from "./environment-pool.ts";
import type { ExecutionEnvironment, StartOutcome } from "./execution-environment.ts";

function environment(name: string): ExecutionEnvironment & { die(): void } {
  let alive = true;
  return {
    logStreamName: name,
    initDurationMs: 5,
    alive: () => alive,
    die: () => {
      alive = false;
    },
    invoke: async () => ({ kind: "timed-out" }),
    takeLogLines: () => [],
    end: async () => {
      alive = false;
    },
  };
}

/** A pool whose starts end when the test says so, on a clock that the test moves. */
function poolOf(options: Partial<PoolOptions> = {}, hasSpareCore = true) {
  let nowMs = 0;
  let isCoreSpare = hasSpareCore;
  let tick: () => void = () => {};
  const started: ((outcome: StartOutcome) => void)[] = [];
  const clock = {
    nowMs: () => nowMs,
    wait: (_durationMs: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        tick = resolve;
        signal.addEventListener("abort", () => resolve(), { once: true });
      }),
  };
  const start = () => new Promise<StartOutcome>((resolve) => void started.push(resolve));
  const pool = createPool(
    { clock, start, hasSpareCore: () => isCoreSpare },
    {
      maxEnvironments: 4,
      maxStarting: 2,
      fewEnvironments: 0,
      patienceMs: {
        few: { withSpareCore: 20, withoutSpareCore: 60 },
        many: { withSpareCore: 50, withoutSpareCore: 300 },
      },
      ...options,
    },
  );
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    pool,
    starts: () => started.length,
    /** Ends the nth start. */
    async finish(nth: number, name = `environment ${nth}`) {
      const made = environment(name);
      started[nth]?.({ kind: "started", environment: made });
      await settle();
      return made;
    },
    async fail(nth: number) {
      started[nth]?.({
        kind: "failed",
        error: { errorType: "E", errorMessage: "", trace: [] },
        lines: [],
        initDurationMs: 1,
      });
      await settle();
    },
    takeSpareCore(taken: boolean) {
      isCoreSpare = !taken;
    },
    async pass(durationMs: number) {
      nowMs += durationMs;
      tick();
      await settle();
    },
  };
}

describe("a pool of environments", () => {
  it("starts one when there is none, and gives it again when it is free", async () => {
    const { pool, starts, finish } = poolOf();
    const first = pool.acquire();
    const made = await finish(0);
    expect(await first).toMatchObject({
      kind: "environment",
      cold: true,
      environment: { logStreamName: "environment 0" },
    });
    pool.release(made);
    expect(await pool.acquire()).toMatchObject({
      kind: "environment",
      cold: false,
      environment: { logStreamName: "environment 0" },
    });
    expect(starts()).toBe(1);
  });

  it("starts one for everyone who waited a little while a core is to spare, some at a time, no more than its bound", async () => {
    const { pool, starts, finish, pass } = poolOf();
    for (let index = 0; index < 6; index++) void pool.acquire();
    await pass(49);
    expect(starts()).toBe(1);
    await pass(1);
    expect(starts()).toBe(2);
    for (const nth of [0, 1, 2, 3]) await finish(nth);
    expect(starts()).toBe(4);
  });

  it("starts none for those who get a warm one soon", async () => {
    const { pool, starts, finish, pass } = poolOf();
    const first = pool.acquire();
    const second = pool.acquire();
    const made = await finish(0);
    await first;
    await pass(49);
    pool.release(made);
    expect(await second).toMatchObject({ cold: false });
    await pass(50);
    expect(starts()).toBe(1);
  });

  it("lets them wait longer where no core is to spare, and starts one at a time", async () => {
    const { pool, starts, finish, pass } = poolOf({}, false);
    const first = pool.acquire();
    const second = pool.acquire();
    expect(starts()).toBe(1);
    const made = await finish(0);
    await first;
    await pass(100);
    expect(starts()).toBe(1);
    pool.release(made);
    expect(await second).toMatchObject({ cold: false });
    void pool.acquire();
    void pool.acquire();
    await pass(299);
    expect(starts()).toBe(1);
    await pass(1);
    expect(starts()).toBe(2);
    await pass(299);
    expect(starts()).toBe(2);
    await pass(1);
    expect(starts()).toBe(3);
  });

  it.each([
    ["with a core to spare", true, 20, 50 - 20],
    ["without one", false, 60, 300],
  ])("lets them wait for less while there are few, %s", async (_, hasSpareCore, fewMs, manyMs) => {
    const { pool, starts, finish, pass } = poolOf({ fewEnvironments: 2 }, hasSpareCore);
    for (let index = 0; index < 6; index++) void pool.acquire();
    await finish(0);
    await pass(fewMs - 1);
    expect(starts()).toBe(1);
    await pass(1);
    expect(starts()).toBe(2);
    await finish(1);
    await pass(manyMs - 1);
    expect(starts()).toBe(2);
    await pass(1);
    expect(starts()).toBeGreaterThan(2);
  });

  it("starts none for a moment with a core to spare, nor for a stall of the machine that seems to be one", async () => {
    const { pool, starts, finish, pass, takeSpareCore } = poolOf({
      patienceMs: {
        few: { withSpareCore: 1, withoutSpareCore: 1 },
        many: { withSpareCore: 100, withoutSpareCore: 9_000 },
      },
    });
    void pool.acquire();
    void pool.acquire();
    await finish(0);
    takeSpareCore(true);
    for (let waitedMs = 0; waitedMs < 500; waitedMs += 50) await pass(50);
    takeSpareCore(false);
    await pass(2_000);
    expect(starts()).toBe(1);
    takeSpareCore(true);
    await pass(50);
    takeSpareCore(false);
    await pass(50);
    expect(starts()).toBe(1);
    await pass(50);
    expect(starts()).toBe(2);
  });

  it("tells one of those who wait that the code does not load, and tries again for the next", async () => {
    const { pool, starts, fail, finish } = poolOf({ maxStarting: 1 });
    const first = pool.acquire();
    const second = pool.acquire();
    await fail(0);
    expect(await first).toMatchObject({ kind: "init-failed" });
    expect(starts()).toBe(2);
    await finish(1);
    expect(await second).toMatchObject({ kind: "environment" });
  });

  it("gives out none that has ended", async () => {
    const { pool, starts, finish } = poolOf();
    const first = pool.acquire();
    const made = await finish(0);
    await first;
    pool.release(made);
    made.die();
    void pool.acquire();
    expect(starts()).toBe(2);
  });

  it("ends all, and answers those who wait, when it closes", async () => {
    const { pool, finish, pass } = poolOf({ maxStarting: 1 });
    const first = pool.acquire();
    const second = pool.acquire();
    const made = await finish(0);
    await first;
    await pass(50);
    const closed = pool.close();
    expect(await second).toEqual({ kind: "closed" });
    const late = await finish(1);
    await closed;
    expect([made.alive(), late.alive()]).toEqual([false, false]);
    expect(await pool.acquire()).toEqual({ kind: "closed" });
  });
});
