import type { UnimplementedCounter } from "../model/ports.ts";

/** Distinct operations that are told apart; more are counted together, so that rubbish cannot fill the memory. */
const MAXIMUM_ENTRIES = 500;

/** Counts the calls that the twin does not implement, by service and operation. */
export function unimplementedCounter(): UnimplementedCounter {
  const entries = new Map<string, { service: string; operation: string; count: number }>();
  return {
    count(service, operation) {
      const full = entries.size >= MAXIMUM_ENTRIES;
      const key = JSON.stringify([service, operation]);
      const existing = entries.get(key) ?? (full ? entries.get("others") : undefined);
      if (existing !== undefined) existing.count += 1;
      else if (full) entries.set("others", { service: "others", operation: "others", count: 1 });
      else entries.set(key, { service, operation, count: 1 });
    },
    counts: () => [...entries.values()].map((entry) => ({ ...entry })),
  };
}
