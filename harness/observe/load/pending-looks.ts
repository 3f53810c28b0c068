/** One key to look for, and how often it was not found before. */
export interface DueLook {
  readonly sequence: number;
  readonly attempts: number;
}

interface Missed {
  readonly lookedMs: number;
  readonly sequences: number[];
}

/** After the nth look that did not find an event, this long until the next. */
const DELAYS_MS = [1_000, 2_000, 4_000, 8_000];

/**
 * What was looked for and not found, by how often: each level waits equally long, so it is a queue in the order of time, and a
 * million events that a slow sink owes cost a number each.
 */
export class PendingLooks {
  readonly #levels: Missed[][] = DELAYS_MS.map(() => []);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Notes that a look did not find these. */
  missed(looks: readonly DueLook[], nowMs: number): void {
    for (const { sequence, attempts } of looks) {
      const level = this.#levels[Math.min(attempts, DELAYS_MS.length - 1)];
      const last = level?.at(-1);
      if (last !== undefined && last.lookedMs === nowMs) last.sequences.push(sequence);
      else level?.push({ lookedMs: nowMs, sequences: [sequence] });
      this.#count += 1;
    }
  }

  /** Hands out up to `most` that are due; none waits longer than `longestMs` since its last look. Those not found are to be given back. */
  take(most: number, nowMs: number, longestMs: number): DueLook[] {
    const due: DueLook[] = [];
    for (const [index, level] of this.#levels.entries()) {
      const delayMs = Math.min(DELAYS_MS[index] ?? 0, longestMs);
      for (let first = level[0]; first !== undefined && due.length < most; first = level[0]) {
        if (nowMs - first.lookedMs < delayMs) break;
        // The newest of a look first: taking from the end of a list is free, and they are all as old.
        while (due.length < most && first.sequences.length > 0) {
          const sequence = first.sequences.pop();
          if (sequence !== undefined) due.push({ sequence, attempts: index + 1 });
        }
        if (first.sequences.length === 0) level.shift();
      }
    }
    this.#count -= due.length;
    return due;
  }
}
