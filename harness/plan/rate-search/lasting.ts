import { BELOW_CEILING } from "./guess.ts";
import { confirmMs, isFull } from "./lengths.ts";
import type { Wanted } from "./settle.ts";
import { isOverruled, isSameRate, type JudgedStep, roundRate, type SearchProfile } from "./step.ts";

/** What comes through while writers back off from a limit is less than the limit; it says that much too little. */
const BACKED_OFF = 0.8;

/**
 * What to run in the place of a step near or above what the settings say cannot be exceeded in the long run (`lastingEventsPerSecond`), once a
 * full step above it broke: rates between the two hold only while something saved up is left. So the lasting rate itself is
 * confirmed; where it breaks too, the search goes on below it.
 */
export function towardsLasting(
  search: SearchProfile,
  steps: readonly JudgedStep[],
  lastingEventsPerSecond: number | null,
  wanted: Wanted,
): Wanted {
  if (lastingEventsPerSecond === null || wanted.kind === "done") return wanted;
  const isAbove = (eventsPerSecond: number) => eventsPerSecond > lastingEventsPerSecond;
  const hasBrokenAbove = steps.some(
    (step) =>
      step.holds === "fail" && isFull(search, step) && isAbove(step.eventsPerSecond) && !isOverruled(step, steps),
  );
  if (!hasBrokenAbove || wanted.eventsPerSecond < lastingEventsPerSecond * BACKED_OFF) return wanted;
  const eventsPerSecond = roundRate(lastingEventsPerSecond * BELOW_CEILING);
  const tried = steps.filter((step) => step.purpose === "confirm" && isSameRate(step.eventsPerSecond, eventsPerSecond));
  if (tried.some(({ holds }) => holds === "pass"))
    return { kind: "done", reason: "more than the settings carry in the long run holds only for a while" };
  return tried.length > 0
    ? wanted
    : { kind: "step", purpose: "confirm", eventsPerSecond, durationMs: confirmMs(search) };
}
