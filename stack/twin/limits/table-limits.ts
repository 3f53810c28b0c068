import type { Clock } from "../model/ports.ts";
import type { CapacityLimit, TableLimits } from "../model/service-limits.ts";
import type { Limits } from "./aws-limits.ts";
import { TokenBucket } from "./token-bucket.ts";

/** What a table of the state says of its capacity. */
export interface TableCapacity {
  readonly billing_mode: string;
  readonly read_capacity: number;
  readonly write_capacity: number;
}

/**
 * One table's capacity. A provisioned table keeps what it has not used for up to 300 s, and has all of that at boot, as one
 * that was applied a while ago; one on demand has what AWS gives new tables, a second's worth at once.
 */
export function createTableLimits(table: TableCapacity, limits: Limits, clock: Clock): TableLimits {
  if (table.billing_mode === "PAY_PER_REQUEST") {
    return {
      mode: "on-demand",
      read: capacity(limits.onDemandReadUnits, 1, clock),
      write: capacity(limits.onDemandWriteUnits, 1, clock),
    };
  }
  const seconds = Math.max(1, limits.tableBurstSeconds);
  return {
    mode: "provisioned",
    read: capacity(Math.max(1, table.read_capacity), seconds, clock),
    write: capacity(Math.max(1, table.write_capacity), seconds, clock),
  };
}

function capacity(unitsPerSecond: number, seconds: number, clock: Clock): CapacityLimit {
  const bucket = new TokenBucket({ tokensPerSecond: unitsPerSecond, size: unitsPerSecond * seconds }, clock.nowMs());
  return {
    admit: (units) => bucket.take(units, clock.nowMs()),
    correct: (units) => bucket.spend(units),
  };
}
