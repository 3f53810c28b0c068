/**
 * What a load's observers wait for: the sequences that the sender has settled (acked, or sent and not definitely answered), as a
 * queue. Rejected and unsent ones are not in it: they may not arrive.
 */
export interface AwaitedLoad {
  /** Hands out up to `most` sequences that were settled no later than `settledUntilMs`, in the order in which they were; each once. */
  take(most: number, settledUntilMs: number): readonly number[];
  /** How many are settled and not handed out yet. */
  left(): number;
  /** True once nothing more will be settled. What is left may still be taken. */
  ended(): boolean;
}

interface SettledRange {
  from: number;
  until: number;
  readonly atMs: number;
}

/** Ranges that have been handed out are given back in batches, not one by one. */
const COMPACT_AFTER = 1_024;

/** An AwaitedLoad that is filled as the sender's seconds come in. Neighbours settled at the same time share one entry. */
export class SettledQueue implements AwaitedLoad {
  #ranges: SettledRange[] = [];
  #head = 0;
  #left = 0;
  #ended = false;

  /** Adds `from` up to, not including, `until`. Times never go back. */
  settle(from: number, until: number, atMs: number): void {
    if (until <= from) return;
    this.#left += until - from;
    const last = this.#ranges.at(-1);
    if (last !== undefined && last.until === from && last.atMs === atMs && this.#head < this.#ranges.length)
      last.until = until;
    else this.#ranges.push({ from, until, atMs });
  }

  /** Nothing more will be settled. */
  end(): void {
    this.#ended = true;
  }

  ended(): boolean {
    return this.#ended;
  }

  left(): number {
    return this.#left;
  }

  take(most: number, settledUntilMs: number): readonly number[] {
    const taken: number[] = [];
    for (let range = this.#ranges[this.#head]; range !== undefined; range = this.#ranges[this.#head]) {
      if (range.atMs > settledUntilMs) break;
      while (range.from < range.until && taken.length < most) {
        taken.push(range.from);
        range.from += 1;
      }
      if (range.from < range.until) break;
      this.#head += 1;
    }
    this.#left -= taken.length;
    if (this.#head >= COMPACT_AFTER && this.#head >= this.#ranges.length / 2) {
      this.#ranges = this.#ranges.slice(this.#head);
      this.#head = 0;
    }
    return taken;
  }
}
