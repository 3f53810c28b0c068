import type { Clock } from "../../model/ports.ts";

/** A clock that stands still until it is told to go on: for tests. */
export class ManualClock implements Clock {
  #nowMs: number;
  readonly #waits = new Set<{ readonly atMs: number; readonly finish: () => void }>();

  constructor(nowMs = 1_800_000_000_000) {
    this.#nowMs = nowMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  wait(durationMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted || durationMs <= 0) return resolve();
      const wait = {
        atMs: this.#nowMs + durationMs,
        finish: () => {
          this.#waits.delete(wait);
          resolve();
        },
      };
      this.#waits.add(wait);
      signal.addEventListener("abort", wait.finish, { once: true });
    });
  }

  /** Goes on by so much, and ends the waits that are over by then. */
  advance(durationMs: number): void {
    this.#nowMs += durationMs;
    for (const wait of [...this.#waits]) if (wait.atMs <= this.#nowMs) wait.finish();
  }
}
