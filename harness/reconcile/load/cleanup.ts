import type { LoadCleaned } from "../../model/load-fact.ts";
import type { LoadLedger } from "./load-ledger.ts";

/** What became of the load's data in one table, in one sentence. */
export function describeCleanup({ outcome }: LoadCleaned): string {
  switch (outcome.kind) {
    case "expires":
      return `The items in table ${outcome.table} expire by ${outcome.attribute} at ${new Date(outcome.atMs).toISOString()}.`;
    case "removed":
      return `${outcome.items} items were removed from table ${outcome.table}.`;
    case "left":
      return `The items stay in table ${outcome.table}: ${outcome.reason}.`;
    default:
      return outcome satisfies never;
  }
}

/** The same of all tables. */
export function tellCleanup({ cleanups }: LoadLedger): string {
  return cleanups.length === 0 ? "Nothing says what became of the data." : cleanups.map(describeCleanup).join(" ");
}
