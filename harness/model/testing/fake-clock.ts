import type { Clock } from "../ports.ts";

/** A clock for tests with real sockets: it stands still until the test says that every wait is over. */
export interface ManualClock extends Clock {
  /** Moves time to the end of the longest wait and ends all of them. */
  endAllWaits(): void;
}

export function createManualClock(startMs?: number): ManualClock {
  const time = standingTime(startMs);
  return { ...time, endAllWaits: () => time.goTo(Math.max(time.nowMs(), ...time.endsMs())) };
}

/**
 * A clock for tests that jumps to the next wait's end as soon as nothing else is left to do, so that minutes pass in
 * milliseconds and in a fixed order. For code whose other work is promises; not for code that waits for sockets.
 */
export function createFakeClock(startMs?: number): Clock {
  const time = standingTime(startMs);
  let isScheduled = false;

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    // Two turns of the event loop: promises that are under way get to their next wait first.
    setImmediate(() => setImmediate(jump));
  }

  function jump(): void {
    isScheduled = false;
    if (time.endsMs().length > 0) time.goTo(Math.max(time.nowMs(), Math.min(...time.endsMs())));
    if (time.endsMs().length > 0) schedule();
  }

  return {
    nowMs: time.nowMs,
    wait(durationMs, signal) {
      const wait = time.wait(durationMs, signal);
      schedule();
      return wait;
    },
  };
}

/** A time that stands still, and the waits that are under way in it. */
function standingTime(startMs = Date.UTC(2026, 10, 22)) {
  let nowMs = startMs;
  const waits = new Set<{ readonly atMs: number; readonly end: () => void }>();
  return {
    nowMs: () => nowMs,
    endsMs: () => [...waits].map(({ atMs }) => atMs),
    /** Ends every wait until then. */
    goTo(atMs: number): void {
      nowMs = atMs;
      for (const wait of [...waits]) if (wait.atMs <= nowMs) wait.end();
    },
    wait: (durationMs: number, signal: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const end = () => {
          waits.delete(wait);
          signal.removeEventListener("abort", end);
          resolve();
        };
        const wait = { atMs: nowMs + durationMs, end };
        waits.add(wait);
        signal.addEventListener("abort", end);
      }),
  };
}
