import type { PhaseResult } from "../../model/load-report.ts";
import { sinkOf } from "../../model/scenario.ts";
import type { LoadLedger } from "./load-ledger.ts";
import type { PhaseFigures } from "./phase-figures.ts";

/** A sender that keeps its own plan is late by no more than this, or by this share of the latency bound where that is more. */
const MOST_SEND_DELAY_MS = 5;
const MOST_SEND_DELAY_RATIO = 0.1;
/** A backlog grows where its line rises by at least this share of the rate, with twice its standard error taken off … */
const LEAST_GROWTH_RATIO = 0.01;
/** … and by at least what is due in this time: batches make every backlog rise and fall by a little … */
const LEAST_GROWTH_SECONDS = 0.2;
/** … and by so many events: one or two are no backlog, and at low rates that is what is due in any short time. */
const LEAST_GROWTH_EVENTS = 3;
/** Past this share of a phase's events its 99th percentile is theirs. */
const PERCENTILE_SHARE = 0.01;

type Judgement = Pick<PhaseResult, "holds" | "why">;

/**
 * Holds a phase against the policy. What is proven to break it fails it, whatever else is not known. A sender that was late measures
 * its own delay with every latency, so that then only errors, losses and latencies far above its delay prove anything.
 */
export function judgePhase(figures: PhaseFigures, ledger: LoadLedger): Judgement {
  if (figures.sent === 0) return { holds: "unknown", why: "nothing was sent" };
  // A closed loop waits for each answer: it has no rate that it could keep or break.
  if (figures.measure.plan.purpose === "saturation")
    return { holds: "pass", why: "a closed loop, which holds no rate" };
  const late = senderTrouble(figures, ledger);
  const broken = [...brokenAtEntry(figures, ledger), ...brokenAtSink(figures, ledger)];
  if (broken.length > 0) return { holds: "fail", why: broken.join("; ") };
  const missing = [...late, ...notMeasured(figures, ledger)];
  if (missing.length > 0) return { holds: "unknown", why: missing.join("; ") };
  return { holds: "pass", why: kept(figures, ledger) };
}

/** What the sender itself did not keep of its plan; empty where it kept it. */
export function senderTrouble({ unsent, planned, sendDelayP99Ms }: PhaseFigures, { spec }: LoadLedger): string[] {
  const mostMs = Math.max(MOST_SEND_DELAY_MS, MOST_SEND_DELAY_RATIO * spec.policy.latencyP99Ms);
  return [
    ...(unsent > 0 ? [`${unsent} of ${planned} planned events were not sent`] : []),
    ...(sendDelayP99Ms !== null && sendDelayP99Ms > mostMs
      ? [`the sender was late itself: send delay p99 ${ms(sendDelayP99Ms)}, above ${ms(mostMs)}`]
      : []),
  ];
}

function brokenAtEntry(figures: PhaseFigures, ledger: LoadLedger): string[] {
  const { latencyP99Ms, errorRatio } = ledger.spec.policy;
  const { entryP99Ms, sent, acked, lateEvents } = figures;
  const slackMs = slackOf(figures, ledger);
  return [
    ...(figures.errorRatio > errorRatio
      ? [
          `${sent - acked} of ${sent} events were not acked (${share(figures.errorRatio)}, at most ${share(errorRatio)})`,
        ]
      : []),
    ...(entryP99Ms !== null && entryP99Ms - slackMs > latencyP99Ms
      ? [`entry p99 ${ms(entryP99Ms)}, at most ${ms(latencyP99Ms)}`]
      : []),
    ...(slackMs === 0 && lateEvents > sent * PERCENTILE_SHARE
      ? [`${lateEvents} of ${sent} events were answered more than ${ms(latencyP99Ms)} after the end of the phase`]
      : []),
  ];
}

function brokenAtSink(figures: PhaseFigures, ledger: LoadLedger): string[] {
  const { sinkP99Ms, growth, iteratorAgeMs, lost, acked, measure } = figures;
  const { policy } = ledger.spec;
  const rate = (measure.plan.fromEventsPerSecond + measure.plan.toEventsPerSecond) / 2;
  const isGrowing =
    growth !== null &&
    growth.perSecond - 2 * growth.standardError > LEAST_GROWTH_RATIO * rate &&
    (growth.perSecond * growth.windowMs) / 1000 > Math.max(LEAST_GROWTH_SECONDS * rate, LEAST_GROWTH_EVENTS);
  return [
    ...(lost > 0 ? [`${lost} of ${acked} acked events were lost`] : []),
    ...(sinkP99Ms !== null && sinkP99Ms - slackOf(figures, ledger) > policy.sinkP99Ms
      ? [`sink p99 ${ms(sinkP99Ms)}, at most ${ms(policy.sinkP99Ms)}`]
      : []),
    ...(isGrowing
      ? [`the backlog grew by ${perSecond(growth.perSecond)} (± ${perSecond(2 * growth.standardError)})`]
      : []),
    ...(iteratorAgeMs !== null && iteratorAgeMs > policy.iteratorAgeMs
      ? [`iterator age ${ms(iteratorAgeMs)}, at most ${ms(policy.iteratorAgeMs)}`]
      : []),
  ];
}

/** What a late sender adds to a latency: its delay before the send, and as much again before it takes the answer. */
function slackOf(figures: PhaseFigures, ledger: LoadLedger): number {
  return senderTrouble(figures, ledger).length === 0 ? 0 : 2 * (figures.sendDelayP99Ms ?? 0);
}

/** Every part of the policy that nothing was measured for. */
function notMeasured(figures: PhaseFigures, { scenario, spec }: LoadLedger): string[] {
  const { measure, acked, lost, arrived, unaccounted } = figures;
  const unreadable =
    measure.entry.unreadable + measure.service.unreadable + measure.sendDelay.unreadable + measure.sink.unreadable;
  const hasSink = sinkOf(scenario)?.kind !== "entry";
  return [
    ...(unreadable > 0 ? [`${unreadable} histograms of the journal cannot be read`] : []),
    ...(figures.entryP99Ms === null ? ["no latency of the entry was measured"] : []),
    ...(figures.sendDelayP99Ms === null ? ["no send delay was measured"] : []),
    ...(hasSink && acked > lost && figures.sinkP99Ms === null
      ? [
          arrived > 0 && unaccounted > 0
            ? `${unaccounted} of ${acked} acked events were not seen at the sink`
            : "no latency to the sink was measured",
        ]
      : []),
    ...(hasSink &&
    acked > lost &&
    isIteratorAgeOpen(figures, scenario.roles.stream !== undefined, spec.policy.iteratorAgeMs)
      ? ["no iterator age was read"]
      : []),
  ];
}

/**
 * A record waits in the stream for no longer than its event takes to the sink: where nearly every event came in less than the iterator
 * age allows, no datapoint is needed.
 */
function isIteratorAgeOpen({ iteratorAgeMs, sinkP99Ms }: PhaseFigures, hasStream: boolean, mostMs: number): boolean {
  return hasStream && iteratorAgeMs === null && (sinkP99Ms === null || sinkP99Ms > mostMs);
}

function kept(
  { errorRatio, entryP99Ms, sinkP99Ms, growth, iteratorAgeMs }: PhaseFigures,
  { spec }: LoadLedger,
): string {
  const { policy } = spec;
  return [
    `${share(errorRatio)} errors (at most ${share(policy.errorRatio)})`,
    `entry p99 ${ms(entryP99Ms ?? 0)} (at most ${ms(policy.latencyP99Ms)})`,
    ...(sinkP99Ms === null ? [] : [`sink p99 ${ms(sinkP99Ms)} (at most ${ms(policy.sinkP99Ms)})`]),
    ...(growth === null
      ? []
      : [`backlog ${growth.perSecond < 0 ? "shrank" : "grew"} by ${perSecond(Math.abs(growth.perSecond))}`]),
    ...(iteratorAgeMs === null ? [] : [`iterator age ${ms(iteratorAgeMs)} (at most ${ms(policy.iteratorAgeMs)})`]),
  ].join(", ");
}

function ms(value: number): string {
  return `${value >= 100 ? Math.round(value) : Number(value.toFixed(1))} ms`;
}

function share(ratio: number): string {
  return `${Number((ratio * 100).toPrecision(3))}%`;
}

function perSecond(value: number): string {
  return `${Number(value.toPrecision(3))}/s`;
}
