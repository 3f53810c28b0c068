import { type Bounds, cameThrough } from "./bounds.ts";
import type { JudgedStep } from "./step.ts";

/** Bounds this near to each other are near enough. */
export const NEAR = 1.05;
/** A step aside from a rate: within `NEAR`, so that the rate and the step aside close the search. */
const ASIDE = 1.042;
/** A ceiling that was seen is tried a little below, since a step at the very ceiling neither holds nor breaks. */
export const BELOW_CEILING = 0.98;

/** The rate between what held and what broke that most likely tells most. */
export function guessBetween(low: number, high: number, { broken, heldSinceBroken }: Bounds): number {
  const ceiling = ceilingOf(broken);
  if (ceiling === undefined) return Math.sqrt(low * high);
  const below = ceiling * BELOW_CEILING;
  if (below > low * 1.01) return Math.min(below, high / ASIDE);
  // The ceiling holds already: a small step up shows whether it is the limit, larger ones follow where it is not.
  return Math.min(low * ASIDE ** Math.max(1, 2 * heldSinceBroken - 1), Math.max(Math.sqrt(low * high), low * ASIDE));
}

/** The rate to try below one that broke. */
export function guessBelow(rate: number, broken: readonly JudgedStep[]): number {
  const ceiling = ceilingOf(broken);
  return Math.min(ceiling === undefined ? rate : ceiling * BELOW_CEILING, rate / ASIDE);
}

/**
 * Where the throughput of broken steps meets the load. Of one broken step it is its throughput; of two it is where the excess,
 * drawn as a line, vanishes: a hot shard loses only its own part of the excess, so throughput alone would flatter.
 */
function ceilingOf(broken: readonly JudgedStep[]): number | undefined {
  const [lowest, next] = broken
    .filter((step) => !cameThrough(step))
    .map(({ eventsPerSecond, throughputEventsPerSecond: throughput }) => ({
      rate: eventsPerSecond,
      through: throughput ?? 0,
    }));
  if (lowest === undefined || lowest.rate !== broken[0]?.eventsPerSecond) return undefined;
  if (next === undefined || next.rate <= lowest.rate * 1.02) return lowest.through;
  const slope = (next.rate - next.through - (lowest.rate - lowest.through)) / (next.rate - lowest.rate);
  if (slope <= 0.2 || slope > 1) return lowest.through;
  return Math.min(lowest.through, lowest.rate - (lowest.rate - lowest.through) / slope);
}
