import type { Fact } from "./fact.ts";

/** The harness' only source of time. */
export interface Clock {
  nowMs(): number;
  /** Resolves after `durationMs`, or at once when `signal` aborts. Never rejects. */
  wait(durationMs: number, signal: AbortSignal): Promise<void>;
}

/** A number in [0, 1); seeded in tests. */
export type Random = () => number;

/** Where everything that is done or seen is written down before anyone judges it. */
export interface Journal {
  append(fact: Fact): void;
}

/** What everything that calls a service and waits for it is given. */
export interface WaitTools {
  readonly clock: Clock;
  readonly random: Random;
  /** Ends all sending and waiting at once. */
  readonly signal: AbortSignal;
  /** How long, from the first look, a denied read may be a permission that was only just created. */
  readonly graceMs: number;
}

/** What every part of a run is given. */
export interface RunTools extends WaitTools {
  readonly journal: Journal;
}
