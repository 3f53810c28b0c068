import type { ItemHop } from "../../model/hop.ts";
import type { Clock, Journal } from "../../model/ports.ts";
import { SequenceSet } from "../../model/sequence-set.ts";
import { deliveriesOf, type Item, numberOf } from "../item-reader.ts";
import { type Arrivals, gatherArrivals } from "./arrivals.ts";
import type { LooksRead } from "./item-calls.ts";
import type { LoadPlanView } from "./load-task.ts";
import type { DueLook } from "./pending-looks.ts";

/** What was found of a load's items, and what was not; writes it into the journal. */
export interface ItemNotes extends Pick<Arrivals, "flush" | "all"> {
  /** Notes what a call found, and returns the looks that found nothing so far. */
  noted(read: LooksRead, consistent: boolean): readonly DueLook[];
  /** How many a strongly consistent read did not find. */
  absentCount(): number;
}

export function openItemNotes(
  hop: ItemHop,
  scenario: string,
  plan: LoadPlanView,
  { journal, clock }: { readonly journal: Journal; readonly clock: Clock },
): ItemNotes {
  const about = { scenario, hop: hop.name };
  const arrivals = gatherArrivals(about, plan, journal, clock.nowMs());
  /** Of the few that were written more than once: how often, so far. */
  const deliveries = new Map<number, number>();
  let absentCount = 0;

  function noteItem(sequence: number, item: Item): void {
    arrivals.seen(sequence, numberOf(item, hop.writtenAtAttribute));
    const counted = deliveriesOf(item, hop) ?? 1;
    const known = deliveries.get(sequence) ?? 1;
    if (counted <= known) return;
    deliveries.set(sequence, counted);
    arrivals.repeated(sequence, counted - known);
  }

  function noteAbsent(missing: readonly DueLook[], readAtMs: number): void {
    const absent = new SequenceSet();
    for (const { sequence } of missing) absent.add(sequence);
    absentCount += absent.count;
    const read = { absent: absent.encode(), readAtMs, consistent: true };
    journal.append({ fact: "load-absent", atMs: clock.nowMs(), ...about, ...read });
  }

  return {
    all: arrivals.all,
    flush: arrivals.flush,
    absentCount: () => absentCount,
    noted({ found, missing, askedMs }, consistent) {
      for (const { sequence, item } of found) noteItem(sequence, item);
      // What was seen before and is gone now has been removed: it did arrive.
      const unseen = missing.filter(({ sequence }) => !arrivals.hasSeen(sequence));
      if (!consistent) return unseen;
      if (unseen.length > 0) noteAbsent(unseen, askedMs);
      return [];
    },
  };
}
