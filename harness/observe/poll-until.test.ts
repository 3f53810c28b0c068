import { describe, expect, it } from "vitest";
import { createFakeClock } from "../model/testing/fake-clock.ts";
import { type Look, type PollOptions, pollUntil } from "./poll-until.ts";
import { ReadFailed, type ReadFailure } from "./read-error.ts";

const DEADLINE_IN_MS = 30_000;

function setup(more: Partial<PollOptions> = {}) {
  const clock = createFakeClock();
  const control = new AbortController();
  const startMs = clock.nowMs();
  const options: PollOptions = {
    clock,
    random: () => 0,
    signal: control.signal,
    deadlineMs: startMs + DEADLINE_IN_MS,
    graceMs: 0,
    backoff: { firstMs: 1_000, factor: 2, longestMs: 8_000 },
    lookMs: 10_000,
    lastLookMs: 3_000,
    operation: "service:Read",
    ...more,
  };
  return { clock, control, startMs, options, elapsedMs: () => clock.nowMs() - startMs };
}

function failure(nature: ReadFailure["nature"], code = "SomeError"): ReadFailed {
  return new ReadFailed({ nature, error: { code, message: "for a test", operation: "service:Read" } });
}

const notYet = (observation: number): Look<number> => ({ done: false, observation });

describe("poll-until", () => {
  it("ends with the first look that says done, and returns what it saw", async () => {
    const { options, elapsedMs } = setup();
    let looks = 0;
    const result = await pollUntil(async () => ({ done: ++looks === 3, observation: looks }), options);
    expect(result).toEqual({ kind: "satisfied", attempts: 3, last: 3 });
    expect(elapsedMs()).toBe(1_000 + 2_000);
  });

  it("waits longer and longer, to a limit, and looks once more right at the deadline", async () => {
    const { options, elapsedMs } = setup();
    const looksAtMs: number[] = [];
    const result = await pollUntil(async () => notYet(looksAtMs.push(elapsedMs())), options);
    expect(looksAtMs).toEqual([0, 1_000, 3_000, 7_000, 15_000, 23_000, 30_000]);
    expect(result).toEqual({ kind: "deadline", attempts: 7, last: 7, lastError: null });
  });

  it("tells only the look after the deadline that it is the last", async () => {
    const { options } = setup();
    const lasts: boolean[] = [];
    await pollUntil(async (_, isLast) => notYet(lasts.push(isLast)), options);
    expect(lasts).toEqual([false, false, false, false, false, false, true]);
  });

  it("lengthens its delays by chance, by a quarter at most and never below the nominal value", async () => {
    const delays = await Promise.all(
      [0, 0.5, 0.999].map(async (chance) => {
        const { options, elapsedMs } = setup({ random: () => chance });
        let looks = 0;
        await pollUntil(async () => ({ done: ++looks === 2, observation: looks }), options);
        return elapsedMs();
      }),
    );
    expect(delays).toEqual([1_000, 1_125, 1_249.75]);
  });

  it("looks once even where the deadline has already passed", async () => {
    const { options } = setup({ deadlineMs: 0 });
    const result = await pollUntil(async () => notYet(1), options);
    expect(result).toEqual({ kind: "deadline", attempts: 1, last: 1, lastError: null });
  });

  it("repeats a look that failed in a transient way, and keeps the last thing that it saw", async () => {
    const { options } = setup();
    let looks = 0;
    const result = await pollUntil(async () => {
      looks += 1;
      if (looks > 2) throw failure("transient", "Throttled");
      return notYet(looks);
    }, options);
    expect(result).toMatchObject({ kind: "deadline", attempts: 7, last: 2, lastError: { code: "Throttled" } });
  });

  it("forgets an error that a later look got over", async () => {
    const { options } = setup();
    let looks = 0;
    const result = await pollUntil(async () => {
      looks += 1;
      if (looks < 4) throw failure("transient");
      return notYet(looks);
    }, options);
    expect(result).toMatchObject({ kind: "deadline", lastError: null });
  });

  it.each(["definite", "denied"] as const)("ends at once after a %s failure", async (nature) => {
    const { options, elapsedMs } = setup();
    const result = await pollUntil(async () => Promise.reject(failure(nature, "No")), options);
    expect(result).toMatchObject({ kind: "refused", attempts: 1, last: undefined, error: { code: "No" } });
    expect(elapsedMs()).toBe(0);
  });

  it("bears denials, but nothing definite, in the grace window", async () => {
    const denied = setup({ graceMs: 5_000 });
    const result = await pollUntil(async () => Promise.reject(failure("denied")), denied.options);
    expect(result).toMatchObject({ kind: "refused", attempts: 4 });
    expect(denied.elapsedMs()).toBe(7_000);

    const definite = setup({ graceMs: 5_000 });
    await pollUntil(async () => Promise.reject(failure("definite")), definite.options);
    expect(definite.elapsedMs()).toBe(0);
  });

  it("cuts off a look that does not end, and lets it know", async () => {
    const { options, elapsedMs } = setup();
    const cut: number[] = [];
    const result = await pollUntil<number>((signal) => {
      signal.addEventListener("abort", () => cut.push(elapsedMs()));
      return new Promise(() => {});
    }, options);
    expect(cut).toEqual([10_000, 21_000, 30_000, 33_000]);
    expect(result).toMatchObject({ kind: "deadline", lastError: { code: "TimeoutError", operation: "service:Read" } });
  });

  it("ends at once when it is aborted during a look", async () => {
    const { options, control, elapsedMs } = setup();
    const result = await pollUntil<number>(() => {
      setImmediate(() => control.abort());
      return new Promise(() => {});
    }, options);
    expect(result).toEqual({ kind: "interrupted", attempts: 1, last: undefined });
    expect(elapsedMs()).toBe(0);
  });

  it("is interrupted, and not at its deadline, when it is aborted during the last look", async () => {
    const { options, control } = setup({ deadlineMs: 0 });
    const result = await pollUntil<number>(() => {
      setImmediate(() => control.abort());
      return new Promise(() => {});
    }, options);
    expect(result).toEqual({ kind: "interrupted", attempts: 1, last: undefined });
  });

  it("ends at once when it is aborted between two looks, with what it saw", async () => {
    const { options, control, elapsedMs } = setup();
    const result = await pollUntil(async () => {
      setImmediate(() => control.abort());
      return notYet(1);
    }, options);
    expect(result).toEqual({ kind: "interrupted", attempts: 1, last: 1 });
    expect(elapsedMs()).toBe(0);
  });

  it("keeps what a look brought though it was aborted meanwhile", async () => {
    const { options, control } = setup();
    const result = await pollUntil(async () => {
      control.abort();
      return { done: true, observation: 1 };
    }, options);
    expect(result).toEqual({ kind: "satisfied", attempts: 1, last: 1 });
  });

  it("does not hide a bug", async () => {
    const { options } = setup();
    await expect(pollUntil(async () => Promise.reject(new RangeError("bug")), options)).rejects.toThrow(RangeError);
  });
});
