import type { LoadProfile } from "../../model/load.ts";
import type { SearchEnd } from "../../model/search-end.ts";
import type { Verdict } from "../../model/verdict.ts";

export type SearchProfile = Extract<LoadProfile, { kind: "search" }>;

/** One step of load that has been run and judged. */
export interface JudgedStep {
  readonly purpose: "search" | "confirm";
  readonly eventsPerSecond: number;
  readonly durationMs: number;
  readonly holds: Verdict;
  /** Why the step could not be judged; null where it was. `sender`: the sender was late or could not send everything. */
  readonly unknownBecause: "sender" | "not-measured" | null;
  /**
   * What came through, events per second: the lower of what was acked and what reached the sink. In a step that broke it is
   * measured from `brokeAfterMs` on, so that it shows the ceiling and not what saved-up capacity let through before. Null where it
   * was not measured.
   */
  readonly throughputEventsPerSecond: number | null;
  /** How long the step held before it broke; null where it held to its end, broke from the start, or it is not known when. */
  readonly brokeAfterMs: number | null;
  /** It broke, but only by latency or by one event that was refused, and nothing piled up. A hiccup of a moment looks like that. */
  readonly mayBeHiccup: boolean;
  /** Events acked that were not at the sink when the step ended. The next step starts only when they are. */
  readonly backlogAtEnd: number | null;
}

export type { SearchEnd };

/** What to do next. */
export type NextStep =
  | {
      readonly kind: "run";
      readonly purpose: "search" | "confirm";
      readonly eventsPerSecond: number;
      readonly durationMs: number;
      /** The step starts only when the backlog of the step before is gone: else it pays for its neighbour. */
      readonly drainFirst: boolean;
    }
  | SearchEnd;

/** Whole events per second from 100 on, tenths from 10 on, hundredths below: finer rates cannot be told apart. */
export function roundRate(eventsPerSecond: number): number {
  const parts = eventsPerSecond >= 100 ? 1 : eventsPerSecond >= 10 ? 10 : 100;
  return Math.round(eventsPerSecond * parts) / parts;
}

export function isSameRate(one: number, other: number): boolean {
  return Math.abs(one - other) <= 0.002 * Math.max(one, other);
}

/** Whether a step that broke was a hiccup: one after it, at its rate and no shorter, held. */
export function isOverruled(step: JudgedStep, steps: readonly JudgedStep[]): boolean {
  return steps
    .slice(steps.indexOf(step) + 1)
    .some(
      ({ holds, durationMs, eventsPerSecond }) =>
        holds === "pass" && durationMs >= step.durationMs && isSameRate(eventsPerSecond, step.eventsPerSecond),
    );
}
