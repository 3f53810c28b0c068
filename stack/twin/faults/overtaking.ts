import type { Clock } from "../model/ports.ts";

/** Holds events back until the next one at their hop has gone by. */
export class Overtaking {
  readonly #clock: Clock;
  readonly #held = new Map<string, Set<() => void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves after the next call of `passed` for this hop, or after `atMostMs`. */
  hold(hop: string, atMostMs: number): Promise<void> {
    const over = new AbortController();
    const released = new Promise<void>((resolve) => {
      const held = this.#held.get(hop) ?? new Set();
      this.#held.set(hop, held);
      const release = () => {
        held.delete(release);
        over.abort();
        resolve();
      };
      held.add(release);
      void this.#clock.wait(atMostMs, over.signal).then(release);
    });
    return released;
  }

  /** An event goes by: those held back follow it, once it has done what it does at once. */
  passed(hop: string): void {
    for (const release of this.#held.get(hop) ?? []) release();
  }
}
