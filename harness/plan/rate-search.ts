import { type Bounds, blindSteps, boundsOf, isDoubted, secondTries, TRIES, triesAt } from "./rate-search/bounds.ts";
import { guessBelow, guessBetween, NEAR } from "./rate-search/guess.ts";
import { towardsLasting } from "./rate-search/lasting.ts";
import { confirmMs, isFull, leftMs, probeMs, rampFactor } from "./rate-search/lengths.ts";
import { searchEnd } from "./rate-search/search-end.ts";
import { confirmBelow, settle, settleSteady, type Wanted } from "./rate-search/settle.ts";
import { clearerStep, steadyRateOf } from "./rate-search/steady-rate.ts";
import {
  isSameRate,
  type JudgedStep,
  type NextStep,
  roundRate,
  type SearchEnd,
  type SearchProfile,
} from "./rate-search/step.ts";

export type { JudgedStep, NextStep, SearchEnd, SearchProfile } from "./rate-search/step.ts";

/** A stack that carries less than this part of the lowest rate asked for is not searched further. */
const LEAST_PART_OF_LOWEST = 0.1;
/** Full steps that are run again since they broke although all of their load came through. */
const MOST_SECOND_TRIES = 2;
/** So far above a rate that cannot last the search still looks for what breaks. */
const ABOVE_LASTING = 4;

/**
 * What to run next to find the highest rate that keeps the policy, given everything that was run so far; a pure function, called
 * again after each step. Short probes go up until one breaks; what came through in the broken step is the next guess; the bounds
 * close in to 5%; the rate found is confirmed by a longer step, and lowered where that breaks. Never takes more than the budget.
 *
 * @param lastingEventsPerSecond What the settings say cannot be exceeded in the long run (a table's capacity). The search goes
 * not far above it: higher rates would only spend what is saved up, and leave a backlog that takes minutes to drain. Once a full step
 * above it broke, the lasting rate is confirmed.
 */
export function nextStep(
  profile: SearchProfile,
  steps: readonly JudgedStep[],
  lastingEventsPerSecond: number | null = null,
): NextStep {
  const search = below(profile, lastingEventsPerSecond);
  const bounds = boundsOf(search, steps);
  const wanted =
    repeatOf(search, steps) ?? towardsLasting(search, steps, lastingEventsPerSecond, wantedStep(search, bounds, steps));
  if (wanted.kind === "done") return searchEnd(search, steps, wanted.reason);
  return runIfFits(search, steps, wanted) ?? lastConfirm(search, bounds, steps);
}

/** What has ended with these steps, though the search itself would go on. */
export function endSearch(search: SearchProfile, steps: readonly JudgedStep[], reason: string): SearchEnd {
  return searchEnd(search, steps, reason);
}

function below(search: SearchProfile, lastingEventsPerSecond: number | null): SearchProfile {
  if (lastingEventsPerSecond === null) return search;
  const { lowestEventsPerSecond: lowest, highestEventsPerSecond: highest } = search;
  return {
    ...search,
    highestEventsPerSecond: Math.min(highest, Math.max(lowest, lastingEventsPerSecond * ABOVE_LASTING)),
  };
}

/** A step that must be run again before it is believed. */
function repeatOf(search: SearchProfile, steps: readonly JudgedStep[]): Wanted | undefined {
  const last = steps.at(-1);
  if (last === undefined) return undefined;
  const { eventsPerSecond, purpose, durationMs } = last;
  if (last.holds === "unknown" && triesAt(steps, eventsPerSecond) < TRIES)
    return { kind: "step", purpose, eventsPerSecond, durationMs };
  if (last.holds === "fail" && isFull(search, last) && last.mayBeHiccup && maySecondTry(search, last, steps))
    return { kind: "step", purpose, eventsPerSecond, durationMs };
  const isTriedInFull = steps.some((step) => isFull(search, step) && isSameRate(step.eventsPerSecond, eventsPerSecond));
  if (isDoubted(search, last, steps) && !isTriedInFull)
    return { kind: "step", purpose: "search", eventsPerSecond, durationMs: search.stepMs };
  const clearer = steadyRateOf(search, steps) === undefined ? clearerStep(search, last) : undefined;
  return clearer === undefined ? undefined : { kind: "step", purpose: "search", ...clearer };
}

/** A hiccup happens seldom: the search does not pay for more than a few second tries, nor twice at one rate. */
function maySecondTry(search: SearchProfile, last: JudgedStep, steps: readonly JudgedStep[]): boolean {
  const before = steps.filter((step) => isFull(search, step) && isSameRate(step.eventsPerSecond, last.eventsPerSecond));
  return before.filter(({ holds }) => holds === "fail").length < 2 && secondTries(search, steps) < MOST_SECOND_TRIES;
}

function wantedStep(search: SearchProfile, bounds: Bounds, steps: readonly JudgedStep[]): Wanted {
  const { low, high, steady } = bounds;
  const last = steps.at(-1);
  if (last?.purpose === "confirm" && last.holds === "fail") return confirmBelow(search, last);
  if (steady !== undefined) return settleSteady(search, steady.eventsPerSecond, steps);
  if (high === null) return wayUp(search, low, bounds, steps);
  if (low === null) return wayDown(search, high, bounds);
  if (high / low <= NEAR) return settle(search, low, bounds, "what held and what broke are within 5% of each other");
  if (last?.purpose === "confirm" && last.holds === "pass")
    return settle(search, low, bounds, "the rate was confirmed");
  return between(search, low, high, bounds, steps);
}

function wayUp(search: SearchProfile, low: number | null, bounds: Bounds, steps: readonly JudgedStep[]): Wanted {
  const { lowestEventsPerSecond: lowest, highestEventsPerSecond: highest } = search;
  if (low !== null && low >= highest * 0.998)
    return settle(search, low, bounds, `${highest} events/s, the highest rate asked for, held`);
  const last = Math.max(low ?? 0, ...blindSteps(steps).map((step) => step.eventsPerSecond));
  const eventsPerSecond = last === 0 ? lowest : Math.min(last * rampFactor(search), highest);
  return { kind: "step", purpose: "search", eventsPerSecond, durationMs: probeMs(search) };
}

/** Not even the lowest rate held: what came through says where to look. */
function wayDown(search: SearchProfile, high: number, { broken, highIs }: Bounds): Wanted {
  const { lowestEventsPerSecond: lowest, stepMs } = search;
  const eventsPerSecond = guessBelow(high, broken) / (broken.length + 1 > 2 ? 1.05 : 1);
  if (highIs !== "broken" || eventsPerSecond < lowest * LEAST_PART_OF_LOWEST)
    return { kind: "done", reason: `not even ${lowest} events/s, the lowest rate asked for, held` };
  return { kind: "step", purpose: "search", eventsPerSecond, durationMs: stepMs };
}

function between(
  search: SearchProfile,
  low: number,
  high: number,
  bounds: Bounds,
  steps: readonly JudgedStep[],
): Wanted {
  const guess = guessBetween(low, high, bounds);
  // A rate that could not be judged is left for one next to it.
  const isBlind = blindSteps(steps).some((step) => isSameRate(step.eventsPerSecond, roundRate(guess)));
  const eventsPerSecond = Math.max(isBlind ? guess * 0.985 : guess, low * 1.005);
  return { kind: "step", purpose: "search", eventsPerSecond, durationMs: search.stepMs };
}

/** The step, where it fits into what is left of the budget; a searching step leaves room for the confirming one. */
function runIfFits(
  search: SearchProfile,
  steps: readonly JudgedStep[],
  wanted: Extract<Wanted, { kind: "step" }>,
): NextStep | undefined {
  const left = leftMs(search, steps);
  const { purpose, durationMs } = wanted;
  const needed = purpose === "confirm" ? Math.min(durationMs, search.stepMs) : durationMs + confirmMs(search);
  if (needed > left) return undefined;
  return {
    kind: "run",
    purpose,
    eventsPerSecond: roundRate(wanted.eventsPerSecond),
    durationMs: Math.min(durationMs, left),
    drainFirst: true,
  };
}

/** The budget ends the search: what is left of it confirms the best rate so far. */
function lastConfirm(search: SearchProfile, bounds: Bounds, steps: readonly JudgedStep[]): NextStep {
  const { low, lowIsConfirmed, steady } = bounds;
  const isTried = steps.some(({ purpose }) => purpose === "confirm");
  const run =
    low === null || lowIsConfirmed || steady !== undefined || isTried
      ? undefined
      : runIfFits(search, steps, {
          kind: "step",
          purpose: "confirm",
          eventsPerSecond: low,
          durationMs: confirmMs(search),
        });
  return run ?? searchEnd(search, steps, "the time under load that it may take is used up");
}
