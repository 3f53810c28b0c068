import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withTimeout } from "./with-timeout.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

test("a call that ends in time keeps no timer", async () => {
  expect(await withTimeout(1000, async (signal) => signal.aborted)).toBe(false);
  await expect(withTimeout(1000, () => Promise.reject(new Error("denied")))).rejects.toThrow("denied");
  expect(vi.getTimerCount()).toBe(0);
});

test("a call that does not is aborted with a TimeoutError", async () => {
  const call = expect(withTimeout(1000, untilAborted)).rejects.toMatchObject({ name: "TimeoutError" });
  vi.advanceTimersByTime(1000);
  await call;
});

test("a call that does not heed its signal is not waited for", async () => {
  const call = expect(withTimeout(1000, () => new Promise(() => {}))).rejects.toMatchObject({ name: "TimeoutError" });
  vi.advanceTimersByTime(1000);
  await call;
});
