import { describe, expect, it } from "vitest";
import { ManualClock } from "../clock/testing/manual-clock.ts";
import { prolong } from "./prolong.ts";

const answered = { kind: "answered", payload: "1", durationMs: 40, memoryUsedMiB: 50 } as const;

/** Holds an outcome back that came `tookMs` after the invocation began, and says how far the clock went until it was let go. */
async function held(leastDurationMs: number, tookMs: number, timeoutMs = 5000) {
  const clock = new ManualClock();
  const begunMs = clock.nowMs();
  clock.advance(tookMs);
  const parts = { timeoutMs, clock, signal: new AbortController().signal };
  let outcome: Awaited<ReturnType<typeof prolong>> | undefined;
  const done = prolong(answered, leastDurationMs, begunMs, parts).then((ran) => {
    outcome = ran;
  });
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  await settle();
  while (outcome === undefined) {
    clock.advance(1);
    await settle();
  }
  await done;
  return { outcome, afterMs: clock.nowMs() - begunMs };
}

describe("an invocation", () => {
  it("without a planted duration ends when its handler does", async () => {
    expect(await held(0, 40)).toEqual({ outcome: answered, afterMs: 40 });
  });

  it("lasts as long as is planted, counted from its beginning", async () => {
    expect(await held(60, 45)).toEqual({ outcome: { ...answered, durationMs: 60 }, afterMs: 60 });
  });

  it("lasts as long as its handler where that takes longer", async () => {
    expect(await held(30, 40)).toEqual({ outcome: answered, afterMs: 40 });
  });

  it("times out where more is planted than its time-out allows", async () => {
    expect(await held(90, 40, 80)).toEqual({ outcome: { kind: "timed-out" }, afterMs: 80 });
  });
});
