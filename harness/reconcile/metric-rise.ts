import type { HopTimeline, Timeline } from "../model/timeline.ts";
import { isAcked, namingHops, wasSeenAtAny } from "./progress.ts";

/** What a metric says about the events of a scenario. Amounts are events, or bytes of their bodies, as the hop counts. */
export type MetricRise =
  /** There is nothing to hold against what was sent. */
  | { readonly kind: "missing"; readonly expected: number; readonly why: "no-datapoint" | "no-baseline" | "not-read" }
  | { readonly kind: "risen"; readonly expected: number; readonly risen: number }
  /** `complete`: a later datapoint or coverage shows that nothing is still to come. `passed`: what later hops saw of it. */
  | {
      readonly kind: "short";
      readonly expected: number;
      readonly risen: number;
      readonly complete: boolean;
      readonly passed: number;
    };

/**
 * The sum over the run's window, less what stood there before the first send, held against what the entry acked. Other
 * traffic counts too and the reading before may itself be late, so `risen` means "at least"; only a shortfall is exact.
 */
export function measure(timeline: Timeline, hop: HopTimeline): MetricRise {
  const acked = timeline.events.filter(isAcked);
  const later = namingHops(timeline).filter((candidate) => candidate.index > hop.index);
  const inBytes = hop.hop.kind === "metric" && hop.hop.counts === "bytes";
  const amount = (events: typeof acked): number =>
    inBytes ? events.reduce((sum, event) => sum + event.sizeBytes, 0) : events.length;
  const expected = amount(acked);
  if (hop.after === undefined) return { kind: "missing", expected, why: "not-read" };
  if (hop.after.length === 0) return { kind: "missing", expected, why: "no-datapoint" };
  if (hop.before === undefined) return { kind: "missing", expected, why: "no-baseline" };
  const risen = rise(hop.before, hop.after);
  if (risen >= expected) return { kind: "risen", expected, risen };
  const lastDoneMs = acked.reduce((latest, event) => Math.max(latest, event.answer?.doneAtMs ?? 0), 0);
  const complete =
    hop.after.some((datapoint) => datapoint.startMs > lastDoneMs) || (hop.covered?.untilMs ?? 0) > lastDoneMs;
  const passed = amount(acked.filter((event) => wasSeenAtAny(event, later)));
  return { kind: "short", expected, risen, complete, passed };
}

/** Datapoint by datapoint, so that one which only the earlier reading had takes nothing away. */
function rise(before: NonNullable<HopTimeline["before"]>, after: NonNullable<HopTimeline["after"]>): number {
  const baseline = new Map(before.map(({ startMs, sum }) => [startMs, sum]));
  return after.reduce((total, { startMs, sum }) => total + Math.max(0, sum - (baseline.get(startMs) ?? 0)), 0);
}

/** One line of evidence: `stream-records (AWS/Kinesis IncomingRecords) rose by 12, at least 12 expected`. */
export function describeMetric(hop: HopTimeline, metric: MetricRise): string {
  const name = nameOfMetric(hop);
  if (metric.kind !== "missing") return `${name} rose by ${metric.risen}, at least ${metric.expected} expected`;
  switch (metric.why) {
    case "no-datapoint":
      return `${name}: no datapoint came`;
    case "no-baseline":
      return `${name}: there is no reading from before the first send`;
    case "not-read":
      return `${name} was not read`;
    default:
      return metric.why satisfies never;
  }
}

export function nameOfMetric({ hop }: HopTimeline): string {
  if (hop.kind !== "metric") return hop.name;
  const dimensions = Object.entries(hop.dimensions).map(([name, value]) => `${name}=${value}`);
  return `${hop.name} (${[hop.namespace, hop.metric, ...dimensions].join(" ")})`;
}
