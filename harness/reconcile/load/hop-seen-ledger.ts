import type { LoadArrived, LoadReordered, LoadStreamRead } from "../../model/load-fact.ts";
import { SequenceSet } from "../../model/sequence-set.ts";
import { Distinct } from "./distinct.ts";
import type { HopSeen } from "./load-ledger.ts";

/** Gathers what the observers of one hop say, in any order and with any repetitions. */
export class HopSeenLedger {
  readonly #seen = new SequenceSet();
  readonly #repeated = new SequenceSet();
  readonly #overtaken = new SequenceSet();
  readonly #strangers = new Set<string>();
  readonly #arrivals = new Distinct<LoadArrived>(({ atMs }) => String(atMs));
  readonly #reads = new Distinct<LoadStreamRead>(({ shardId, fromMs, untilMs }) => `${shardId}/${fromMs}/${untilMs}`);
  #extra = 0;

  arrive(fact: LoadArrived): void {
    if (!this.#arrivals.add(fact)) return;
    this.#seen.addEncoded(fact.seen);
    this.#seen.addEncoded(fact.repeated);
    this.#repeated.addEncoded(fact.repeated);
    this.#extra += fact.extra;
    for (const tag of fact.strangers) this.#strangers.add(tag);
  }

  read(fact: LoadStreamRead): void {
    this.#reads.add(fact);
  }

  reorder(fact: LoadReordered): void {
    this.#overtaken.addEncoded(fact.overtaken);
  }

  result(): HopSeen {
    return {
      seen: this.#seen,
      repeated: this.#repeated,
      extra: this.#extra,
      strangers: [...this.#strangers].sort(),
      overtaken: this.#overtaken,
      arrivals: this.#arrivals.sorted(({ atMs }) => atMs),
      reads: this.#reads.sorted(({ fromMs }) => fromMs),
    };
  }
}
