import type { Fact } from "../../model/fact.ts";
import type { LoadSecond } from "../../model/load-fact.ts";
import { decodeSet, SequenceSet } from "../../model/sequence-set.ts";
import type { RecentSeconds } from "./error-budget.ts";

const RECENT_SECONDS = 5;

/** What the run itself has to know while it goes on: how much is still on its way, and whether answers are still good. */
export class LiveCounts {
  readonly #sink: string;
  readonly #acked = new SequenceSet();
  readonly #arrived = new SequenceSet();
  #recent: { readonly second: number; readonly sent: number; readonly acked: number }[] = [];

  /** @param sink Name of the hop where events must arrive. */
  constructor(sink: string) {
    this.#sink = sink;
  }

  note(fact: Fact): void {
    if (fact.fact === "load-second") this.#noteSecond(fact);
    if (fact.fact === "load-arrived" && fact.hop === this.#sink) this.#arrived.addEncoded(fact.seen);
  }

  /** Events that were acked and have not been seen at the sink. */
  backlog(): number {
    return this.#acked.minus(this.#arrived).count;
  }

  recent(): RecentSeconds {
    const sum = (of: (one: { readonly sent: number; readonly acked: number }) => number) =>
      this.#recent.reduce((total, one) => total + of(one), 0);
    const seconds = new Set(this.#recent.map(({ second }) => second)).size;
    return { sentEvents: sum(({ sent }) => sent), ackedEvents: sum(({ acked }) => acked), seconds };
  }

  #noteSecond(fact: LoadSecond): void {
    const acked = decodeSet(fact.acked);
    this.#acked.addAll(acked);
    const sent = acked.count + decodeSet(fact.rejected).count + decodeSet(fact.unknown).count;
    this.#recent = [...this.#recent, { second: fact.second, sent, acked: acked.count }].filter(
      ({ second }) => second > fact.second - RECENT_SECONDS,
    );
  }
}
