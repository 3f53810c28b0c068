import { describe, expect, it } from "vitest";
import { createFakeClock } from "../model/testing/fake-clock.ts";
import { createLimiter } from "./limiter.ts";

describe("a limiter", () => {
  it("spaces the calls of all who share it evenly", async () => {
    const clock = createFakeClock();
    const startMs = clock.nowMs();
    const limiter = createLimiter(4, clock);
    const { signal } = new AbortController();
    const atMs = await Promise.all(
      Array.from({ length: 5 }, async () => {
        await limiter.take(signal);
        return clock.nowMs() - startMs;
      }),
    );
    expect(atMs).toEqual([0, 250, 500, 750, 1_000]);
  });

  it("does not save up turns that nobody took", async () => {
    const clock = createFakeClock();
    const limiter = createLimiter(4, clock);
    const { signal } = new AbortController();
    await limiter.take(signal);
    await clock.wait(10_000, signal);
    const laterMs = clock.nowMs();
    await limiter.take(signal);
    await limiter.take(signal);
    expect(clock.nowMs() - laterMs).toBe(250);
  });

  it("lets everyone go when the run is stopped", async () => {
    const clock = createFakeClock();
    const control = new AbortController();
    const limiter = createLimiter(1, clock);
    const startMs = clock.nowMs();
    const turns = Promise.all([1, 2, 3].map(() => limiter.take(control.signal)));
    control.abort();
    await turns;
    expect(clock.nowMs()).toBe(startMs);
  });
});
