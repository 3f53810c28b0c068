import type { LimitName, SizingKnob } from "../model/load.ts";
import type { Consumption } from "../model/load-consumption.ts";
import type { Bottleneck, Capacity } from "../model/load-report.ts";
import type { StackSize } from "../model/stack-size.ts";
import type { KnobValue } from "./knob-values.ts";

/** What a target rate needs of one knob, and why. */
export interface KnobNeed {
  readonly knob: SizingKnob;
  /** As it is; null where the settings do not say. */
  readonly before: KnobValue | null;
  readonly after: KnobValue;
  readonly why: string;
}

/** What a sizing is made from. */
export interface SizingBasis {
  readonly targetEventsPerSecond: number;
  readonly size: StackSize;
  readonly use: Consumption;
  readonly capacity: Capacity;
  /** What held the run back, searched or not. */
  readonly bottleneck: Bottleneck;
}

/** More than the measured need, since keys spread unevenly over shards and load comes in waves. */
export const HEADROOM = 1.25;
/** Share of a table's capacity that the target may use: what autoscaling aims at by default. */
export const TABLE_UTILIZATION = 0.7;

/** The rate that the stack carried while this limit was the one that held it back; null where it was another. */
export function heldAgainst(limit: LimitName, { capacity }: SizingBasis): number | null {
  if (capacity.kind !== "found" || capacity.bottleneck.kind !== "known") return null;
  return capacity.bottleneck.limit === limit ? capacity.holdsEventsPerSecond : null;
}

/** Two significant digits more than anyone can tell apart. */
export function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}
