import { namesEvents } from "../../model/hop.ts";
import type { Observation } from "../../model/observation.ts";
import type { HopTimeline, Timeline } from "../../model/timeline.ts";
import { describeMetric, type MetricRise, measure, nameOfMetric } from "../metric-rise.ts";
import { observe, PASS, unknown } from "../observe.ts";
import { wasCutShort } from "../progress.ts";
import { count, tagsOf } from "../wording.ts";
import { lostEvents } from "./lost.ts";

/** `metric.risen`, `metric.missing`, `metric.short`: one of them for every metric that anything was expected of. */
export function detectMetrics(timeline: Timeline): Observation[] {
  return timeline.hops.flatMap((hop) => {
    if (namesEvents(hop.hop)) return [];
    const metric = measure(timeline, hop);
    if (metric.expected === 0) return [];
    const isElsewhere = hop.reading.kind === "failed" || hop.reading.kind === "none" || wasCutShort(timeline, hop);
    // `hop.unread` and `run.interrupted` say why it is not known.
    if (metric.kind === "missing" && isElsewhere) return [];
    return [stateOf(timeline, hop, metric)];
  });
}

/**
 * Whether a metric proves that events never passed it: all of it came, it fell short, events were lost, and no more was seen past it
 * than it counted. Where more was seen past it, it is the metric that is wrong.
 */
export function provesShortfall(timeline: Timeline, metric: MetricRise): boolean {
  if (metric.kind !== "short" || !metric.complete || metric.passed > metric.risen) return false;
  return lostEvents(timeline).length > 0;
}

function stateOf(timeline: Timeline, hop: HopTimeline, metric: MetricRise): Observation {
  const baseline = (hop.before ?? []).reduce((total, { sum }) => total + sum, 0);
  const evidence = [
    `${count(hop.after?.length ?? 0, "datapoint")}; ${baseline} stood in the window before the first send`,
  ];
  const about = { at: hop.hop.name, evidence };
  switch (metric.kind) {
    case "risen":
      return observe(timeline.scenario, {
        ...about,
        code: "metric.risen",
        statement: `${nameOfMetric(hop)} rose by ${metric.risen}, at least the ${metric.expected} that the entry acked.`,
        leaning: PASS,
      });
    case "missing":
      return observe(timeline.scenario, {
        ...about,
        code: "metric.missing",
        statement: `${describeMetric(hop, metric)}; that is no data, not zero.`,
        leaning: unknown(
          "CloudWatch may be late by minutes: raise the deadline metricsMs and run again. If it never comes, check namespace, name and dimensions.",
        ),
      });
    case "short":
      return observe(timeline.scenario, {
        ...about,
        code: "metric.short",
        statement: `${nameOfMetric(hop)} rose by ${metric.risen}, less than the ${metric.expected} that the entry acked.`,
        evidence: [...evidence, `${metric.passed} of it was seen at later hops`],
        leaning: provesShortfall(timeline, metric)
          ? { verdict: "fail", hop: hop.hop.name, tags: tagsOf(lostEvents(timeline)) }
          : unknown("Part of the data may still be on its way: raise the deadline metricsMs and run again."),
      });
    default:
      return metric satisfies never;
  }
}
