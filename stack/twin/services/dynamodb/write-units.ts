import db from "dynalite/db/index.js";

/**
 * The capacity that writing an item takes at the least: one unit for each KB of it. One for what is no item, such as a number that
 * is none: the call that holds it is refused, and takes nothing.
 */
export function writeUnits(item: Readonly<Record<string, unknown>> | undefined): number {
  try {
    return db.capacityUnits(item, false, false);
  } catch {
    return 1;
  }
}
