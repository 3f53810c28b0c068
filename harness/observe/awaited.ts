import type { EventTag } from "../model/event.ts";

/**
 * What an observer waits for: a live view of what the sender has done so far. An observer reads it again before each look and
 * never changes it.
 */
export interface AwaitedEvents {
  /** Every event that was sent so far, in sending order, whatever came back. It only grows. Looked up where a hop is read by key. */
  sent(): readonly EventTag[];
  /**
   * Whether to go on waiting for this event where it has not been seen yet. True while no answer has come, for acked ones, and
   * for unknown ones (they may arrive: recovered); false for rejected ones.
   */
  isAwaited(tag: EventTag): boolean;
  /** True once nothing more will be sent and every request that was sent has ended. */
  isSettled(): boolean;
  /** What the acked events add at least to a metric: their number, or the bytes of their bodies. */
  ackedSum(counts: "events" | "bytes"): number;
}
