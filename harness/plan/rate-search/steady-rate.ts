import { isFull } from "./lengths.ts";
import { isOverruled, type JudgedStep, type SearchProfile } from "./step.ts";

/** The rate that lasts, where a step showed that more is carried for a while. */
export interface SteadyRate {
  readonly eventsPerSecond: number;
  /** Events above the steady rate that were carried before the step broke: what was saved up, or what a queue took. */
  readonly savedEvents: number;
  /** The highest rate that was carried so, and for how long. */
  readonly burst: { readonly eventsPerSecond: number; readonly seconds: number };
}

/** A break within the first moments is no burst: a queue must fill and seconds must be counted before anybody sees it. */
const LATE_PART = 0.1;
const LATE_MS = 1_000;
/** Throughput after the break is believed when it was measured over this part of a full step. */
const AFTER_PART = 0.3;
/** What a step of a few seconds tells of its throughput. */
const NOISE = 0.05;

/**
 * The steady rate, where it is below rates that held: what came through after a late break, or the one ceiling that several
 * broken steps show though more was carried before. Undefined where nothing shows savings.
 */
export function steadyRateOf(search: SearchProfile, all: readonly JudgedStep[]): SteadyRate | undefined {
  const steps = all.filter((step) => step.holds !== "fail" || !isOverruled(step, all));
  const late = steps.filter((step) => brokeLate(step) && showsCeiling(search, step));
  const showing = late.length > 0 ? late : sharedCeiling(search, steps);
  if (showing.length === 0) return undefined;
  const steady = median(showing.map(({ throughputEventsPerSecond }) => throughputEventsPerSecond ?? 0));
  const carried = steps.filter((step) => carriedMore(step, steady));
  const saved = carried.map((step) => ({
    eventsPerSecond: step.eventsPerSecond,
    seconds: carriedSeconds(step),
    events: (step.eventsPerSecond - steady) * carriedSeconds(step),
  }));
  const burst = highest(saved);
  if (burst === undefined) return undefined;
  return {
    eventsPerSecond: steady,
    savedEvents: Math.max(...saved.map(({ events }) => events)),
    burst: { eventsPerSecond: burst.eventsPerSecond, seconds: burst.seconds },
  };
}

/** Steps that broke at once and let the same through whatever was sent, where a step before carried more than that. */
function sharedCeiling(search: SearchProfile, steps: readonly JudgedStep[]): readonly JudgedStep[] {
  const broken = steps.filter(
    (step) =>
      step.holds === "fail" &&
      showsCeiling(search, step) &&
      step.throughputEventsPerSecond !== null &&
      step.throughputEventsPerSecond <= step.eventsPerSecond * (1 - NOISE),
  );
  const through = broken.map(({ throughputEventsPerSecond }) => throughputEventsPerSecond ?? 0);
  const rates = broken.map(({ eventsPerSecond }) => eventsPerSecond);
  const isOneCeiling = Math.max(...through) <= Math.min(...through) * (1 + 1.5 * NOISE);
  const isOfManyRates = Math.max(...rates) >= Math.min(...rates) * 1.25;
  if (broken.length < 2 || !isOneCeiling || !isOfManyRates) return [];
  const ceiling = median(through);
  const isContradicted = steps.some(
    (step) => step.holds === "pass" && step.eventsPerSecond > ceiling * (1 + 2 * NOISE),
  );
  return isContradicted ? broken : [];
}

/**
 * The step to run after one that broke so late that what came through after it was hardly measured: in full where it was a probe,
 * harder or longer where it was not. Undefined where no such step is needed.
 */
export function clearerStep(
  search: SearchProfile,
  step: JudgedStep,
): { readonly eventsPerSecond: number; readonly durationMs: number } | undefined {
  if (!brokeLate(step) || showsCeiling(search, step)) return undefined;
  const { eventsPerSecond, brokeAfterMs } = step;
  if (!isFull(search, step)) return { eventsPerSecond, durationMs: search.stepMs };
  const harder = Math.min(eventsPerSecond * 1.5, search.highestEventsPerSecond);
  if (harder >= eventsPerSecond * 1.2) return { eventsPerSecond: harder, durationMs: search.stepMs };
  return { eventsPerSecond, durationMs: Math.round((brokeAfterMs ?? 0) + search.stepMs / 2) };
}

/** Whether a step that held says nothing of the steady rate, since it was above it. */
export function isHeldBySavings(step: JudgedStep, steady: SteadyRate | undefined): boolean {
  return steady !== undefined && carriedMore(step, steady.eventsPerSecond);
}

function brokeLate({
  holds,
  brokeAfterMs,
  durationMs,
  eventsPerSecond,
  throughputEventsPerSecond,
}: JudgedStep): boolean {
  if (holds !== "fail" || brokeAfterMs === null || throughputEventsPerSecond === null) return false;
  const isLate = brokeAfterMs >= Math.max(LATE_MS, durationMs * LATE_PART);
  return isLate && throughputEventsPerSecond <= eventsPerSecond * (1 - NOISE);
}

function showsCeiling({ stepMs }: SearchProfile, { durationMs, brokeAfterMs }: JudgedStep): boolean {
  return durationMs - (brokeAfterMs ?? 0) >= stepMs * AFTER_PART;
}

/** Whether a step carried more than the steady rate, to its end or until it broke. */
function carriedMore(step: JudgedStep, steady: number): boolean {
  return step.eventsPerSecond > steady * (1 + NOISE) && (step.holds === "pass" || brokeLate(step));
}

function carriedSeconds({ holds, durationMs, brokeAfterMs }: JudgedStep): number {
  return (holds === "pass" ? durationMs : (brokeAfterMs ?? 0)) / 1000;
}

function highest<Rate extends { readonly eventsPerSecond: number }>(rates: readonly Rate[]): Rate | undefined {
  return rates.reduce<Rate | undefined>(
    (best, rate) => (best === undefined || rate.eventsPerSecond > best.eventsPerSecond ? rate : best),
    undefined,
  );
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor((sorted.length - 1) / 2);
  const low = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? low : (low + (sorted[middle + 1] ?? low)) / 2;
}
