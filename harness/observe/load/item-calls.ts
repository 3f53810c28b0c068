import type { Clock } from "../../model/ports.ts";
import { type Item, keysLeft, type ReadItems } from "../item-reader.ts";
import { ReadFailed } from "../read-error.ts";
import type { ItemKeys } from "./item-keys.ts";
import type { DueLook } from "./pending-looks.ts";
import { afterAnswer, book, firstRate, keysPerSecond, unitsFor } from "./read-rate.ts";

/** What one call came to, of the looks that it was made for. Each look is in one of the three. */
export interface LooksRead {
  readonly found: readonly { readonly sequence: number; readonly item: Item }[];
  readonly missing: readonly DueLook[];
  /** The service did not get to them. */
  readonly unprocessed: readonly DueLook[];
  /** When the call was made. */
  readonly askedMs: number;
}

/** Calls for a table's items, as fast as the table wants to be read. */
export interface ItemCalls {
  /** Waits for its turn and makes one call. Throws ReadFailed where it failed, or where no key of it got done. */
  read(looks: readonly DueLook[], consistent: boolean, signal: AbortSignal): Promise<LooksRead>;
  /** How many keys may be read in a second now. */
  keysPerSecond(consistent: boolean): number;
}

export function createItemCalls(
  readItems: ReadItems,
  keys: ItemKeys,
  { table, budgetUnitsPerSecond }: { readonly table: string; readonly budgetUnitsPerSecond: number | undefined },
  clock: Clock,
): ItemCalls {
  let rate = firstRate(clock.nowMs(), budgetUnitsPerSecond);

  async function turn(units: number, signal: AbortSignal): Promise<void> {
    const booked = book(rate, units, clock.nowMs());
    rate = booked.rate;
    const waitMs = booked.atMs - clock.nowMs();
    if (waitMs > 0) await clock.wait(waitMs, signal);
  }

  return {
    keysPerSecond: (consistent) => keysPerSecond(rate, consistent),
    async read(looks, consistent, signal) {
      await turn(unitsFor(rate, looks.length, consistent), signal);
      const askedMs = clock.nowMs();
      const wanted = looks.map(({ sequence }) => keys.keyOf(sequence));
      const read = await readItems(wanted, consistent, signal).catch((error: unknown) => {
        if (isThrottling(error)) rate = afterAnswer(rate, { throttled: true }, clock.nowMs());
        throw error;
      });
      const done = looks.length - read.unprocessed.length;
      const usedPerKey = done > 0 && read.units !== undefined ? read.units / done / (consistent ? 2 : 1) : undefined;
      rate = afterAnswer(rate, { throttled: read.unprocessed.length > 0, unitsPerKey: usedPerKey }, clock.nowMs());
      if (done <= 0) throw keysLeft(looks.length, table);
      return { ...sortOut(looks, read.items, read.unprocessed, keys), askedMs };
    },
  };
}

function sortOut(looks: readonly DueLook[], items: readonly Item[], unprocessedKeys: readonly Item[], keys: ItemKeys) {
  const open = new Map(looks.map((look) => [look.sequence, look]));
  const take = (item: Item) => {
    const sequence = keys.sequenceOf(item);
    const look = sequence === undefined ? undefined : open.get(sequence);
    if (look !== undefined) open.delete(look.sequence);
    return look;
  };
  const found = items.flatMap((item) => {
    const look = take(item);
    return look === undefined ? [] : [{ sequence: look.sequence, item }];
  });
  const unprocessed = unprocessedKeys.map(take).filter((look) => look !== undefined);
  return { found, unprocessed, missing: [...open.values()] };
}

function isThrottling(error: unknown): boolean {
  if (!(error instanceof ReadFailed)) return false;
  return /Throttl|ProvisionedThroughputExceeded|RequestLimitExceeded/.test(error.failure.error.code);
}
