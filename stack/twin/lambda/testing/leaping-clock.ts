import type { Clock } from "../../model/ports.ts";

/** A clock on which waiting takes no time: every wait moves it forward at once, and is remembered. */
export function leapingClock(startMs = 1_700_000_000_000): Clock & { readonly waits: readonly number[] } {
  let nowMs = startMs;
  const waits: number[] = [];
  return {
    waits,
    nowMs: () => nowMs,
    wait: async (durationMs, signal) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (signal.aborted) return;
      waits.push(durationMs);
      nowMs += durationMs;
    },
  };
}
