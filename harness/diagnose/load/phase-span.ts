import type { PhaseResult } from "../../model/load-report.ts";
import type { Span } from "./metric-table.ts";

export function spanOf({ plan }: PhaseResult): Span {
  return { fromMs: plan.startMs, untilMs: plan.startMs + plan.durationMs };
}

export function rateOf({ plan }: PhaseResult): number {
  return Math.max(plan.fromEventsPerSecond, plan.toEventsPerSecond);
}

/** `at 480 events/s`. */
export function atRate(phase: PhaseResult): string {
  return `at ${Math.round(rateOf(phase) * 10) / 10} events/s`;
}

/** `3 s into the step`. */
export function sinceStart(atMs: number, { plan }: PhaseResult): string {
  return `${Math.max(0, Math.round((atMs - plan.startMs) / 100) / 10)} s into it`;
}
