import { describe, expect, it } from "vitest";
import { createFakeClock } from "../../model/testing/fake-clock.ts";
import { createLane } from "./lane.ts";

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("a lane", () => {
  it("has no more calls under way than it may, and lets the next in when one ends, first come, first served", async () => {
    const clock = createFakeClock();
    const lane = createLane({ callsAtOnce: 2, burst: 100, callsPerSecond: 100 }, clock, new AbortController().signal);
    const ends: (() => void)[] = [];
    const begun: number[] = [];
    const runs = [0, 1, 2, 3].map((index) =>
      lane.run(() => {
        begun.push(index);
        return new Promise<void>((resolve) => ends.push(resolve));
      }),
    );
    await settled();
    expect(begun).toEqual([0, 1]);
    ends[1]?.();
    await settled();
    expect(begun).toEqual([0, 1, 2]);
    ends[0]?.();
    ends[2]?.();
    await settled();
    ends[3]?.();
    await Promise.all(runs);
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  it("lets a burst pass at once, and the rest at its rate", async () => {
    const clock = createFakeClock(0);
    const lane = createLane({ callsAtOnce: 9, burst: 3, callsPerSecond: 2 }, clock, new AbortController().signal);
    const times = await Promise.all(Array.from({ length: 6 }, () => lane.run(async () => clock.nowMs())));
    expect(times).toEqual([0, 0, 0, 500, 1_000, 1_500].map((done) => ({ done })));
  });

  it("goes on after work that throws", async () => {
    const lane = createLane(
      { callsAtOnce: 1, burst: 9, callsPerSecond: 9 },
      createFakeClock(),
      new AbortController().signal,
    );
    const failing = lane.run(() => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    expect(await lane.run(async () => 1)).toEqual({ done: 1 });
  });

  it("lets nobody in any more once time is up, and nobody wait", async () => {
    const control = new AbortController();
    const lane = createLane({ callsAtOnce: 1, burst: 1, callsPerSecond: 1 }, createFakeClock(), control.signal);
    let begun = 0;
    const work = () => {
      begun += 1;
      return new Promise<void>(() => {});
    };
    void lane.run(work);
    const waiting = [lane.run(work), lane.run(work)];
    await settled();
    control.abort();
    expect(await Promise.all(waiting)).toEqual(["ended", "ended"]);
    expect(await lane.run(work)).toBe("ended");
    expect(begun).toBe(1);
  });
});
