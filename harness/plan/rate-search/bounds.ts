import { isFull } from "./lengths.ts";
import { isHeldBySavings, type SteadyRate, steadyRateOf } from "./steady-rate.ts";
import { isOverruled, isSameRate, type JudgedStep, type SearchProfile } from "./step.ts";

/** What the steps so far say. */
export interface Bounds {
  /** Highest rate that held below everything that broke; null where none did. */
  readonly low: number | null;
  /** Whether a step of full length held it, and whether it is confirmed. */
  readonly lowIsFull: boolean;
  readonly lowIsConfirmed: boolean;
  /** Lowest rate that broke or that twice could not be judged; null where none did. */
  readonly high: number | null;
  readonly highIs: "broken" | "sender" | "not-measured" | null;
  readonly steady: SteadyRate | undefined;
  /** Steps that broke, the lowest rate first. */
  readonly broken: readonly JudgedStep[];
  /** Steps that held since the lowest rate broke, one after the other: how sure it is that `low` is far too low. */
  readonly heldSinceBroken: number;
}

/** A rate that cannot be judged is tried once more, and then left. */
export const TRIES = 2;

export function boundsOf(search: SearchProfile, steps: readonly JudgedStep[]): Bounds {
  const steady = steadyRateOf(search, steps);
  const broken = steps
    .filter((step) => step.holds === "fail" && !isDoubted(search, step, steps))
    .sort((one, other) => one.eventsPerSecond - other.eventsPerSecond);
  const blind = blindStepOf(search, steps, broken);
  const lowestBroken = broken[0];
  const isBlindFirst =
    blind !== undefined && (lowestBroken === undefined || blind.eventsPerSecond < lowestBroken.eventsPerSecond);
  const high = isBlindFirst ? blind : lowestBroken;
  const held = steps.filter(
    (step) =>
      step.holds === "pass" &&
      !isHeldBySavings(step, steady) &&
      (high === undefined || step.eventsPerSecond < high.eventsPerSecond * 0.998),
  );
  const low = held.length === 0 ? null : Math.max(...held.map(({ eventsPerSecond }) => eventsPerSecond));
  const atLow = held.filter(({ eventsPerSecond }) => low !== null && isSameRate(eventsPerSecond, low));
  return {
    low,
    lowIsFull: atLow.some((step) => isFull(search, step)),
    lowIsConfirmed: atLow.some((step) => step.purpose === "confirm"),
    high: high?.eventsPerSecond ?? null,
    highIs: highIsOf(high),
    steady,
    broken,
    heldSinceBroken: heldSince(steps, high),
  };
}

/**
 * A rate that could not be judged ends the way up where the sender was late, or where the next could not be judged either; else it
 * is passed by. What broke is the better bound, unless the sender was late below it.
 */
function blindStepOf(
  search: SearchProfile,
  steps: readonly JudgedStep[],
  broken: readonly JudgedStep[],
): JudgedStep | undefined {
  const blind = blindSteps(steps);
  const late = blind.find(({ unknownBecause }) => unknownBecause === "sender");
  if (late !== undefined) return late;
  const [lowest] = blind;
  if (lowest === undefined || broken.length > 0) return undefined;
  const isHighest = lowest.eventsPerSecond >= search.highestEventsPerSecond * 0.998;
  const isAlone = blind.every((step) => isSameRate(step.eventsPerSecond, lowest.eventsPerSecond));
  return isAlone && !isHighest ? undefined : lowest;
}

/** Steps at rates that could not be judged in the tries that they get, the lowest rate first. */
export function blindSteps(steps: readonly JudgedStep[]): readonly JudgedStep[] {
  return steps
    .filter((step) => step.holds === "unknown" && triesAt(steps, step.eventsPerSecond) >= TRIES)
    .filter(
      (step) =>
        !steps.some((other) => other.holds !== "unknown" && isSameRate(other.eventsPerSecond, step.eventsPerSecond)),
    )
    .sort((one, other) => one.eventsPerSecond - other.eventsPerSecond);
}

/** How often this rate could not be judged. */
export function triesAt(steps: readonly JudgedStep[], eventsPerSecond: number): number {
  return steps.filter((step) => step.holds === "unknown" && isSameRate(step.eventsPerSecond, eventsPerSecond)).length;
}

/**
 * A step that broke may have met a hiccup: one after it that held at its rate overrules it. A short probe through which all of its
 * load came counts only once a full step has broken there too.
 */
export function isDoubted(search: SearchProfile, step: JudgedStep, steps: readonly JudgedStep[]): boolean {
  if (step.holds !== "fail") return false;
  if (isOverruled(step, steps)) return true;
  if (isFull(search, step) || !cameThrough(step)) return false;
  return !steps.some(
    (other) =>
      other.holds === "fail" &&
      isFull(search, other) &&
      !isOverruled(other, steps) &&
      other.eventsPerSecond <= step.eventsPerSecond * 1.002,
  );
}

/** Full steps that may have met a hiccup, and were run again for it. */
export function secondTries(search: SearchProfile, steps: readonly JudgedStep[]): number {
  return steps.filter((step, index) => {
    const before = steps[index - 1];
    return (
      before !== undefined &&
      before.holds === "fail" &&
      before.mayBeHiccup &&
      isFull(search, before) &&
      isFull(search, step) &&
      isSameRate(before.eventsPerSecond, step.eventsPerSecond)
    );
  }).length;
}

/** Whether a step's throughput says nothing of the ceiling: what was sent came through. */
export function cameThrough({ eventsPerSecond, throughputEventsPerSecond: throughput }: JudgedStep): boolean {
  return throughput === null || throughput >= eventsPerSecond * 0.96;
}

function highIsOf(high: JudgedStep | undefined): Bounds["highIs"] {
  if (high === undefined) return null;
  if (high.holds === "fail") return "broken";
  return high.unknownBecause === "sender" ? "sender" : "not-measured";
}

function heldSince(steps: readonly JudgedStep[], high: JudgedStep | undefined): number {
  const from = high === undefined ? -1 : steps.lastIndexOf(high);
  return from < 0 ? 0 : steps.slice(from + 1).filter(({ holds }) => holds === "pass").length;
}
