import type { Clock } from "../ports.ts";
import { addWait, type Wait } from "./waits.ts";

/**
 * A clock for tests that jumps to the next wait's end as soon as nothing else is left to do, so that minutes pass in
 * milliseconds and in a fixed order. For code whose other work is promises; not for code that waits for sockets.
 */
export function createFakeClock(startMs = Date.UTC(2026, 10, 22)): Clock {
  let nowMs = startMs;
  const waits = new Set<Wait>();
  let isScheduled = false;

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    // Two turns of the event loop: promises that are under way get to their next wait first.
    setImmediate(() => setImmediate(jump));
  }

  function jump(): void {
    isScheduled = false;
    const atMs = Math.min(...[...waits].map((wait) => wait.atMs));
    if (!Number.isFinite(atMs)) return;
    nowMs = Math.max(nowMs, atMs);
    for (const wait of [...waits]) if (wait.atMs <= nowMs) wait.end();
    if (waits.size > 0) schedule();
  }

  return {
    nowMs: () => nowMs,
    wait(durationMs, signal) {
      const wait = addWait(waits, nowMs + durationMs, signal);
      schedule();
      return wait;
    },
  };
}
