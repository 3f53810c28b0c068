import type { Clock } from "../model/ports.ts";

/** One thing that must happen in time. */
export interface Deadline {
  /** Calls `over` after so much time, unless it is set again or cleared before. */
  set(afterMs: number, over: () => void): void;
  clear(): void;
}

/**
 * A deadline that is set and cleared for every invocation: one wait of the clock serves many of them, as most
 * invocations end long before their time is over. It is over for good when `signal` aborts.
 */
export function createDeadline(clock: Clock, signal: AbortSignal): Deadline {
  let pending: { readonly atMs: number; readonly over: () => void } | undefined;
  let wakesAtMs = Number.POSITIVE_INFINITY;
  const sleepUntil = async (atMs: number): Promise<void> => {
    wakesAtMs = atMs;
    await clock.wait(Math.max(0, atMs - clock.nowMs()), signal);
    // A wait that ends earlier has been begun meanwhile: it looks after what is pending.
    if (wakesAtMs !== atMs || signal.aborted) return;
    wakesAtMs = Number.POSITIVE_INFINITY;
    if (pending === undefined) return;
    if (pending.atMs > clock.nowMs()) return sleepUntil(pending.atMs);
    const { over } = pending;
    pending = undefined;
    over();
  };
  return {
    set(afterMs, over) {
      pending = { atMs: clock.nowMs() + afterMs, over };
      if (pending.atMs < wakesAtMs) void sleepUntil(pending.atMs);
    },
    clear() {
      pending = undefined;
    },
  };
}
