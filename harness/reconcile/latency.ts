import type { Latency } from "../model/report.ts";
import type { Timeline } from "../model/timeline.ts";
import { hasArrived, sightingsAt, sinkOf } from "./progress.ts";

/** The raw values behind a latency, so that those of several scenarios can be put together before a percentile is taken. */
export interface LatencySamples {
  /** From intended time to the first sighting at the sink, over the events that arrived. */
  readonly latenciesMs: readonly number[];
  /** From intended to sent time, over the events that were sent. */
  readonly sendDelaysMs: readonly number[];
}

/**
 * The sink's clock may be behind ours, so that an event seems to arrive before it was intended; that counts as 0 ms.
 * Where the sink is the entry itself, its answer is the arrival.
 */
export function sampleLatency(timeline: Timeline): LatencySamples {
  const sink = sinkOf(timeline);
  const latenciesMs: number[] = [];
  const sendDelaysMs: number[] = [];
  for (const event of timeline.events) {
    if (event.sentAtMs === undefined) continue;
    sendDelaysMs.push(Math.max(0, event.sentAtMs - event.intendedAtMs));
    if (sink === undefined || !hasArrived(event, sink)) continue;
    const seenAtMs = sightingsAt(event, sink)[0]?.seenAtMs ?? event.answer?.doneAtMs ?? event.sentAtMs;
    latenciesMs.push(Math.max(0, seenAtMs - event.intendedAtMs));
  }
  return { latenciesMs, sendDelaysMs };
}

/** Exact percentiles by nearest rank over all samples; percentiles are never averaged. */
export function summarizeLatency(samples: readonly LatencySamples[]): Latency {
  const sorted = samples.flatMap(({ latenciesMs }) => latenciesMs).sort((left, right) => left - right);
  const maxMs = sorted.at(-1);
  if (maxMs === undefined) return { kind: "none" };
  return {
    kind: "measured",
    count: sorted.length,
    p50Ms: nearestRank(sorted, 50),
    p90Ms: nearestRank(sorted, 90),
    p99Ms: nearestRank(sorted, 99),
    maxMs,
    maxSendDelayMs: samples.reduce(
      (latest, { sendDelaysMs }) => sendDelaysMs.reduce((max, delayMs) => Math.max(max, delayMs), latest),
      0,
    ),
  };
}

/** The smallest value that at least `percent` of the values do not exceed. */
function nearestRank(sorted: readonly number[], percent: number): number {
  return sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? 0;
}
