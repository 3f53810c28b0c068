import type { JudgedStep, SearchProfile } from "./step.ts";

/** A probe on the way up is this part of a full step: it need only tell double from half. */
const PROBE_PART = 0.4;
/** The step that confirms the result is this many full steps long. */
const CONFIRM_PART = 1.5;
/** The way up may take this part of the budget. */
const RAMP_PART = 1 / 3;
/** A hold counts in full from this part of a full step on. */
const FULL_PART = 0.8;

export function probeMs({ stepMs }: SearchProfile): number {
  return Math.round(stepMs * PROBE_PART);
}

/** The confirming step, and nothing less than a full one. */
export function confirmMs({ stepMs, budgetMs }: SearchProfile): number {
  return Math.max(stepMs, Math.min(stepMs * CONFIRM_PART, Math.round(budgetMs / 4)));
}

/** Time under load that is left. */
export function leftMs({ budgetMs }: SearchProfile, steps: readonly JudgedStep[]): number {
  return budgetMs - steps.reduce((sum, { durationMs }) => sum + durationMs, 0);
}

export function isFull({ stepMs }: SearchProfile, { durationMs }: JudgedStep): boolean {
  return durationMs >= stepMs * FULL_PART;
}

/** Factor from one probe to the next: doubling, and more only where doubling would eat the budget. */
export function rampFactor(search: SearchProfile): number {
  const { lowestEventsPerSecond, highestEventsPerSecond, budgetMs } = search;
  const probes = Math.max(1, Math.floor((budgetMs * RAMP_PART) / probeMs(search)));
  return Math.max(2, (highestEventsPerSecond / lowestEventsPerSecond) ** (1 / probes));
}
