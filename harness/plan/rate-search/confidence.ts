import type { Bounds } from "./bounds.ts";
import { isSameRate, type JudgedStep } from "./step.ts";

/** One sentence: which steps say that the rate holds, how near the next bound is, and what could not be judged. */
export function confidenceOf(rate: number | null, bounds: Bounds, steps: readonly JudgedStep[]): string {
  return [rate === null ? "No rate held" : heldPart(rate, steps), breaksPart(rate, bounds), blindPart(steps)]
    .filter((part) => part !== "")
    .join("; ")
    .concat(".");
}

function heldPart(rate: number, steps: readonly JudgedStep[]): string {
  const held = steps.filter(({ holds, eventsPerSecond }) => holds === "pass" && isSameRate(eventsPerSecond, rate));
  const seconds = held.map(({ durationMs }) => `${durationMs / 1000} s`).join(" and ");
  const isConfirmed = held.some(({ purpose }) => purpose === "confirm");
  if (held.length === 0)
    return `${rate} events/s is what came through in steps that broke, and no step at this rate held`;
  return `Held ${rate} events/s for ${seconds}${isConfirmed ? "" : ", not confirmed by a second step"}`;
}

function breaksPart(rate: number | null, { high, highIs, steady }: Bounds): string {
  if (steady !== undefined && rate !== null)
    return `higher rates held only for a while (${steady.burst.eventsPerSecond} events/s for ${round(steady.burst.seconds)} s), and ${Math.round(steady.eventsPerSecond)} events/s came through after they broke`;
  if (high === null || highIs === null) return "nothing that was tried broke";
  const gap = rate === null ? "" : ` (${round((high / rate - 1) * 100)}% above)`;
  switch (highIs) {
    case "broken":
      return `broke at ${high} events/s${gap}`;
    case "sender":
      return `at ${high} events/s the sender was late, so what the stack does there is not known`;
    case "not-measured":
      return `${high} events/s could not be judged, so the limit may be higher`;
    default:
      return highIs satisfies never;
  }
}

function blindPart(steps: readonly JudgedStep[]): string {
  const blind = steps.filter(({ holds }) => holds === "unknown").length;
  if (blind === 0) return "";
  return blind === 1 ? "one step could not be judged and was run again" : `${blind} steps could not be judged`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
