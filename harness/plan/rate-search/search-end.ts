import { type Bounds, boundsOf } from "./bounds.ts";
import { confidenceOf } from "./confidence.ts";
import { BELOW_CEILING } from "./guess.ts";
import { confirmedSteadyRate } from "./settle.ts";
import { type JudgedStep, roundRate, type SearchEnd, type SearchProfile } from "./step.ts";

/** The result, from everything that was run. */
export function searchEnd(search: SearchProfile, steps: readonly JudgedStep[], reason: string): SearchEnd {
  const bounds = boundsOf(search, steps);
  const rate = rateOf(bounds, steps);
  const { steady } = bounds;
  return {
    kind: "done",
    holdsEventsPerSecond: rate,
    breaksEventsPerSecond:
      bounds.broken.find(({ eventsPerSecond }) => eventsPerSecond > (rate ?? 0))?.eventsPerSecond ?? null,
    limitedBy: limitOf(bounds),
    burst: steady === undefined || rate === null || steady.burst.eventsPerSecond < rate * 1.1 ? null : steady.burst,
    confidence: confidenceOf(rate, bounds, steps),
    reason: `The search ended since ${reason}.`,
  };
}

function rateOf({ low, lowIsConfirmed, steady }: Bounds, steps: readonly JudgedStep[]): number | null {
  if (steady === undefined) return low === null || lowIsConfirmed ? low : Math.min(low, brokenCeiling(steps) ?? low);
  return confirmedSteadyRate(steady.eventsPerSecond, steps) ?? roundRate(steady.eventsPerSecond * BELOW_CEILING);
}

/** What came through in a confirming step that broke: the budget left no time to confirm less. */
function brokenCeiling(steps: readonly JudgedStep[]): number | undefined {
  const broken = steps.findLast(({ purpose, holds }) => purpose === "confirm" && holds === "fail");
  const through = broken?.throughputEventsPerSecond ?? null;
  return through === null ? undefined : roundRate(through * BELOW_CEILING);
}

function limitOf({ low, highIs }: Bounds): SearchEnd["limitedBy"] {
  switch (highIs) {
    case "broken":
      return "stack";
    case "sender":
    case "not-measured":
      return highIs;
    case null:
      return low === null ? "not-measured" : "ceiling";
    default:
      return highIs satisfies never;
  }
}
