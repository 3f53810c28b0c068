import type { StackSize } from "../model/stack-size.ts";

/**
 * The rate that the table's capacity allows in the long run, before anything is measured: an event takes one write unit at the
 * least, and more where it is larger than 1 KiB. Null where no capacity is provisioned.
 */
export function lastingRate({ table }: StackSize, eventBytes: number | null): number | null {
  if (table === null || table.isOnDemand) return null;
  return table.writeCapacity / Math.max(1, Math.ceil((eventBytes ?? 0) / 1024));
}
