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
