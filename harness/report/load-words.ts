import type { LoadPhase, LoadProfile, LoadSpec } from "../model/load.ts";
import type { SaturationFigures } from "../model/load-fact.ts";
import type {
  Bottleneck,
  Capacity,
  LoadReport,
  PercentileCurve,
  PhaseResult,
  Recommendation,
} from "../model/load-report.ts";
import { dollars, duration, figure, percent } from "./figures.ts";

/** Sentences about a load that every form of the report says in the same words. */

/** `a search from 50/s to 800/s in steps of 5 s`. */
export function describeProfile(profile: LoadProfile): string {
  switch (profile.kind) {
    case "steady":
      return `${figure(profile.eventsPerSecond)}/s for ${duration(profile.durationMs)}`;
    case "ramp":
      return `a ramp from ${figure(profile.fromEventsPerSecond)}/s to ${figure(profile.toEventsPerSecond)}/s in ${duration(profile.durationMs)}`;
    case "step":
      return `steps of ${profile.steps.map((step) => `${figure(step.eventsPerSecond)}/s for ${duration(step.durationMs)}`).join(", ")}`;
    case "spike":
      return `${figure(profile.baseEventsPerSecond)}/s with a spike of ${figure(profile.spikeEventsPerSecond)}/s for ${duration(profile.spikeMs)}`;
    case "search":
      return `a search from ${figure(profile.lowestEventsPerSecond)}/s to ${figure(profile.highestEventsPerSecond)}/s in steps of ${duration(profile.stepMs)}`;
    case "closed-loop":
      return `a closed loop over ${figure(profile.connections)} connections for ${duration(profile.durationMs)}`;
    default:
      return profile satisfies never;
  }
}

/** Who sent: `2 threads`, `2 processes of artillery 2.0.21`, `4 Fargate containers of artillery 2.0.21`. */
export function describeSender({ profile, workers, engine }: LoadSpec): string {
  const many = (one: string, more: string): string => `${workers} ${workers === 1 ? one : more}`;
  if (profile.kind === "closed-loop") return `${profile.connections} connections`;
  if (engine === undefined) return workers === 1 ? "one thread" : `${workers} threads`;
  const who = `of ${engine.name} ${engine.version}`;
  switch (engine.runsOn) {
    case "local":
      return `${many("process", "processes")} ${who}`;
    case "fargate":
      return `${many("Fargate container", "Fargate containers")} ${who}`;
    default:
      return engine.runsOn satisfies never;
  }
}

/** `500/s`, `100–500/s`. */
function describeRates({ fromEventsPerSecond, toEventsPerSecond }: LoadPhase): string {
  const [from, to] = [figure(fromEventsPerSecond), figure(toEventsPerSecond)];
  return from === to ? `${from}/s` : `${from}–${to}/s`;
}

/** The columns of the table of phases. */
export const PHASE_COLUMNS = ["phase", "rate", "for", "acked", "errors", "entry p99", "sink p99", "late p99"] as const;

export function phaseCells(result: PhaseResult): readonly string[] {
  const { plan, ackedEventsPerSecond, errorRatio, entryP99Ms, sinkP99Ms, sendDelayP99Ms } = result;
  const measured = (ms: number | null): string => (ms === null ? "–" : duration(ms));
  return [
    plan.purpose,
    describeRates(plan),
    `${figure(plan.durationMs / 1000)} s`,
    `${figure(ackedEventsPerSecond)}/s`,
    percent(errorRatio),
    measured(entryP99Ms),
    measured(sinkP99Ms),
    measured(sendDelayP99Ms),
  ];
}

/** `p50 20 ms, p90 31 ms, p99 45 ms, p99.9 60 ms, max 80 ms`; `nothing was measured`. */
function describeCurve(curve: PercentileCurve): string {
  const parts = [50, 90, 99, 99.9, 100].flatMap((wanted) => {
    const point = curve.find(({ percentile }) => percentile === wanted);
    return point === undefined ? [] : [`${wanted === 100 ? "max" : `p${wanted}`} ${duration(point.ms)}`];
  });
  return parts.length === 0 ? "nothing was measured" : parts.join(", ");
}

/** A label and what stands after it, for everything that the load found out; in the order in which a reader asks. */
export function loadLines(load: LoadReport): readonly (readonly [label: string, text: string])[] {
  return [
    ...saturationLines(load),
    ["entry", describeCurve(load.entryLatency)],
    ["to sink", describeCurve(load.sinkLatency)],
    ...capacityLines(load.capacity),
    ...(load.recommendation === null ? [] : recommendationLines(load.recommendation)),
    ["data", load.cleanup],
  ];
}

function saturationLines({ saturation }: LoadReport): (readonly [string, string])[] {
  if (saturation === undefined) return [];
  const [figures, note] = describeSaturation(saturation);
  return [
    ["closed", figures],
    ["", note],
  ];
}

/** What a closed loop measured, and what that is not. */
export function describeSaturation(figures: SaturationFigures): readonly [figures: string, note: string] {
  const { connections, ackedRequestsPerSecond, p50Ms, p99Ms, rejectedRequests, unknownRequests } = figures;
  return [
    `${figure(ackedRequestsPerSecond)} acked requests/s over ${figure(connections)} connections, p50 ${duration(p50Ms)}, p99 ${duration(p99Ms)}; ${figure(rejectedRequests)} rejected, ${figure(unknownRequests)} without a definite answer (those under way at its end among them)`,
    "A closed loop: each connection waits for its answer before it sends again, so the stack sets the pace. This is no rate that holds, and no capacity.",
  ];
}

function capacityLines(capacity: Capacity): (readonly [string, string])[] {
  switch (capacity.kind) {
    case "not-searched":
      return [];
    case "unknown":
      return [["carries", `not known: ${capacity.reason}`]];
    case "found": {
      const { holdsEventsPerSecond, breaksEventsPerSecond, confidence, burst, bottleneck, next } = capacity;
      const broke =
        breaksEventsPerSecond === null
          ? "nothing broke up to the highest rate tried"
          : `${figure(breaksEventsPerSecond)}/s broke it`;
      return [
        ["carries", `${figure(holdsEventsPerSecond)} events/s; ${broke}. ${confidence}`],
        ...(burst === null
          ? []
          : [
              [
                "burst",
                `${figure(burst.eventsPerSecond)}/s for ${duration(burst.seconds * 1000)}: ${burst.evidence}`,
              ] as const,
            ]),
        ["held by", describeBottleneck(bottleneck)],
        ["next", describeBottleneck(next)],
      ];
    }
    default:
      return capacity satisfies never;
  }
}

function describeBottleneck(bottleneck: Bottleneck): string {
  if (bottleneck.kind === "unknown") return `not known: ${bottleneck.reason}`;
  const { limit, subject, eventsPerSecond, evidence } = bottleneck;
  const at = eventsPerSecond === null ? "" : `, at ${figure(eventsPerSecond)} events/s`;
  return `${limit} of ${subject}${at}${evidence.length === 0 ? "" : `: ${evidence.join("; ")}`}`;
}

function recommendationLines(recommendation: Recommendation): (readonly [string, string])[] {
  const { targetEventsPerSecond, changes, byHand, monthlyCost, proof } = recommendation;
  const { beforeUsd, afterUsd, pricesAsOf } = monthlyCost;
  return [
    [
      "to do",
      changes.length === 0
        ? `nothing to set for ${figure(targetEventsPerSecond)} events/s`
        : `for ${figure(targetEventsPerSecond)} events/s set:`,
    ],
    ...changes.map(
      ({ variable, before, after, why }) => ["", `${variable} = ${after} (is ${before}): ${why}`] as const,
    ),
    ...byHand.map((text) => ["", `by hand: ${text}`] as const),
    ["costs", `${dollars(beforeUsd)} a month now, ${dollars(afterUsd)} then (prices of ${pricesAsOf})`],
    ["proof", proof.kind === "not-run" ? `not run: ${proof.reason}` : proof.statement],
  ];
}
