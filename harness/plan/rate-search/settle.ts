import type { Bounds } from "./bounds.ts";
import { BELOW_CEILING, guessBelow } from "./guess.ts";
import { confirmMs } from "./lengths.ts";
import type { JudgedStep, SearchProfile } from "./step.ts";

/** What the search wants next, before the budget has its say. */
export type Wanted =
  | {
      readonly kind: "step";
      readonly purpose: "search" | "confirm";
      readonly eventsPerSecond: number;
      readonly durationMs: number;
    }
  | { readonly kind: "done"; readonly reason: string };

/** The rate found, confirmed unless it is. */
export function settle(search: SearchProfile, rate: number, { lowIsConfirmed }: Bounds, reason: string): Wanted {
  return lowIsConfirmed ? { kind: "done", reason } : confirm(search, rate);
}

/** A rate that broke while it was confirmed: a little less is confirmed next. */
export function confirmBelow(search: SearchProfile, broken: JudgedStep): Wanted {
  return confirm(search, guessBelow(broken.eventsPerSecond, [broken]));
}

/** Where higher rates hold only for a while, no step between tells anything: the steady rate itself is confirmed. */
export function settleSteady(
  search: SearchProfile,
  steadyEventsPerSecond: number,
  steps: readonly JudgedStep[],
): Wanted {
  if (confirmedSteadyRate(steadyEventsPerSecond, steps) !== undefined)
    return { kind: "done", reason: "what lasts is what came through after higher rates had broken" };
  return confirm(search, steadyEventsPerSecond * BELOW_CEILING);
}

/** The rate near the steady one at which a confirming step held. */
export function confirmedSteadyRate(steadyEventsPerSecond: number, steps: readonly JudgedStep[]): number | undefined {
  return steps
    .filter(({ purpose, holds }) => purpose === "confirm" && holds === "pass")
    .map(({ eventsPerSecond }) => eventsPerSecond)
    .filter((rate) => rate <= steadyEventsPerSecond * 1.02)
    .sort((one, other) => other - one)[0];
}

function confirm(search: SearchProfile, eventsPerSecond: number): Wanted {
  return { kind: "step", purpose: "confirm", eventsPerSecond, durationMs: confirmMs(search) };
}
