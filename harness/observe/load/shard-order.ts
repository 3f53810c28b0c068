/** When an acked event's request was sent, and when its answer had come, by the sender's clock. */
export interface SendTimes {
  readonly sentMs: number;
  readonly ackedMs: number;
}

export type TimesOf = (sequence: number) => SendTimes | undefined;

/** An event, and one that stands before it in its shard though it was sent only when the other had been acked. */
export interface Overtaken {
  readonly sequence: number;
  readonly by: number;
  /** From the answer for the overtaken one to the sending of the other. */
  readonly afterMs: number;
}

/** Records judged are given back in batches, not one by one. */
const COMPACT_AFTER = 4_096;

/**
 * The order of one shard's records against the order in which a client can prove that they were sent. Events whose sending and
 * acking overlap may come in any order: only an event that was sent when another had been acked has to stand behind it.
 */
export class ShardOrder {
  #sequences: number[] = [];
  #head = 0;
  /** The latest sending among the records judged so far. */
  #latestMs = Number.NEGATIVE_INFINITY;
  #latest = -1;

  /** The next record of the shard; of a record that comes again, only the first counts. */
  arrived(sequence: number): void {
    this.#sequences.push(sequence);
  }

  /**
   * Judges the records whose times are known, in order, and returns those that were overtaken. A record whose times are not known
   * yet holds up those behind it, unless `isFinal`: then it was not acked, and proves nothing.
   */
  judge(timesOf: TimesOf, isFinal: boolean): readonly Overtaken[] {
    const overtaken: Overtaken[] = [];
    for (; this.#head < this.#sequences.length; this.#head += 1) {
      const sequence = this.#sequences[this.#head] ?? 0;
      const times = timesOf(sequence);
      if (times === undefined && !isFinal) break;
      if (times === undefined) continue;
      if (this.#latestMs > times.ackedMs)
        overtaken.push({ sequence, by: this.#latest, afterMs: this.#latestMs - times.ackedMs });
      if (times.sentMs <= this.#latestMs) continue;
      this.#latestMs = times.sentMs;
      this.#latest = sequence;
    }
    if (this.#head >= COMPACT_AFTER && this.#head >= this.#sequences.length / 2) {
      this.#sequences = this.#sequences.slice(this.#head);
      this.#head = 0;
    }
    return overtaken;
  }
}
