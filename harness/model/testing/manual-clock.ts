import type { Clock } from "../ports.ts";
import { addWait, type Wait } from "./waits.ts";

/** A clock for tests with real sockets: it stands still until the test says that every wait is over. */
export interface ManualClock extends Clock {
  /** Moves time to the end of the longest wait and ends all of them. */
  endAllWaits(): void;
}

export function createManualClock(startMs = Date.UTC(2026, 10, 22)): ManualClock {
  let nowMs = startMs;
  const waits = new Set<Wait>();
  return {
    nowMs: () => nowMs,
    wait: (durationMs, signal) => addWait(waits, nowMs + durationMs, signal),
    endAllWaits() {
      nowMs = Math.max(nowMs, ...[...waits].map(({ atMs }) => atMs));
      for (const wait of [...waits]) wait.end();
    },
  };
}
