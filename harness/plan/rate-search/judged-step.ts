import type { LoadPolicy } from "../../model/load.ts";
import type { PhaseResult, SecondSeries } from "../../model/load-report.ts";
import type { JudgedStep } from "./step.ts";

/** Requests that leave so late say that the sender is at its end; below that it is noise. */
const LATE_SENDER_MS = 100;
const UNSENT_RATIO = 0.005;
/** One refused event of some hundreds is above most policies and proves nothing. */
const HICCUP_EVENTS = 1;
/** What is acked in one second goes up and down where a few places take turns: fewer seconds than this tell less than the whole step. */
const LEAST_SECONDS_AFTER = 2;
/** Growth of the backlog below this part of the rate is no pile. */
const GROWTH = 0.03;

/**
 * A judged phase as the search takes it: when it broke, and what came through from then on. `seconds` holds at least the phase's
 * own. Growing backlog at the sink is no matter of the entry's seconds: it lowers the throughput by as much as it grows.
 */
export function judgedStepOf(result: PhaseResult, seconds: SecondSeries, policy: LoadPolicy): JudgedStep {
  const { plan, holds, backlogGrowthPerSecond: growth, sentEventsPerSecond, ackedEventsPerSecond } = result;
  const broke = holds === "fail" ? brokeAt(phaseSeconds(result, seconds), policy) : undefined;
  const acked = ackedAfter(broke) ?? ackedEventsPerSecond;
  const atSink = growth === null ? acked : sentEventsPerSecond - Math.max(0, growth);
  return {
    purpose: plan.purpose === "confirm" ? "confirm" : "search",
    eventsPerSecond: Math.max(plan.fromEventsPerSecond, plan.toEventsPerSecond),
    durationMs: plan.durationMs,
    holds,
    unknownBecause: holds === "unknown" ? (isSenderLate(result) ? "sender" : "not-measured") : null,
    throughputEventsPerSecond: holds === "unknown" ? null : Math.max(0, Math.min(acked, atSink)),
    brokeAfterMs: broke === undefined || broke.afterMs === 0 ? null : broke.afterMs,
    mayBeHiccup:
      holds === "fail" &&
      (result.errorRatio <= policy.errorRatio || refusedEvents(result) <= HICCUP_EVENTS) &&
      (growth ?? 0) < sentEventsPerSecond * GROWTH,
    backlogAtEnd: growth === null ? null : Math.max(0, growth) * (plan.durationMs / 1000),
  };
}

function refusedEvents({ plan, errorRatio, sentEventsPerSecond }: PhaseResult): number {
  return Math.round(errorRatio * sentEventsPerSecond * (plan.durationMs / 1000));
}

function isSenderLate({ plan, unsentEvents, sendDelayP99Ms, sentEventsPerSecond }: PhaseResult): boolean {
  const sent = sentEventsPerSecond * (plan.durationMs / 1000);
  return unsentEvents > (sent + unsentEvents) * UNSENT_RATIO || (sendDelayP99Ms ?? 0) > LATE_SENDER_MS;
}

interface Second {
  readonly sent: number;
  readonly acked: number;
  readonly errors: number;
  readonly p99Ms: number | null;
}

/** The seconds that lie in the phase as a whole. */
function phaseSeconds({ plan }: PhaseResult, series: SecondSeries): readonly Second[] {
  const first = Math.max(0, Math.ceil((plan.startMs - series.startMs) / 1000));
  const end = Math.floor((plan.startMs + plan.durationMs - series.startMs) / 1000);
  return Array.from({ length: Math.max(0, end - first) }, (_, offset) => ({
    sent: series.sent[first + offset] ?? 0,
    acked: series.acked[first + offset] ?? 0,
    errors: series.errors[first + offset] ?? 0,
    p99Ms: series.p99Ms[first + offset] ?? null,
  }));
}

interface Break {
  readonly afterMs: number;
  /** The seconds that follow the one that broke. */
  readonly after: readonly Second[];
}

/** The first second from which on most seconds break the policy; undefined where the entry's seconds do not show it. */
function brokeAt(seconds: readonly Second[], policy: LoadPolicy): Break | undefined {
  const breaks = seconds.map((second) => isBroken(second, policy));
  const first = breaks.findIndex((isBreak, index) => {
    const rest = breaks.slice(index);
    return isBreak && rest.filter(Boolean).length * 2 >= rest.length;
  });
  const after = seconds.slice(first + 1);
  if (first < 0 || after.length === 0) return undefined;
  return { afterMs: first * 1000, after };
}

/** Events per second; undefined where the whole step tells more: it broke from the start, and hardly a second followed. */
function ackedAfter(broke: Break | undefined): number | undefined {
  if (broke === undefined) return undefined;
  const { afterMs, after } = broke;
  if (afterMs === 0 && after.length < LEAST_SECONDS_AFTER) return undefined;
  return after.reduce((sum, { acked }) => sum + acked, 0) / after.length;
}

function isBroken({ sent, errors, p99Ms }: Second, { errorRatio, latencyP99Ms }: LoadPolicy): boolean {
  return errors > sent * errorRatio || (p99Ms !== null && p99Ms > latencyP99Ms);
}
