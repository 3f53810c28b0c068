import { Aggregate } from "./aggregate.ts";

const MINUTE_MS = 60_000;

interface Datapoint {
  readonly startMs: number;
  readonly aggregate: Aggregate;
}

/**
 * The datapoints whose period starts in [startMs, endMs), oldest first. Periods count from `originMs`, start on whole
 * minutes, and one without samples has no datapoint.
 */
export function datapointsIn(
  minutes: ReadonlyMap<number, Aggregate>,
  range: { readonly startMs: number; readonly endMs: number; readonly periodMs: number; readonly originMs: number },
): Datapoint[] {
  const { startMs, endMs, periodMs, originMs } = range;
  const byStart = new Map<number, Aggregate>();
  for (const [minute, aggregate] of minutes) {
    const atMs = minute * MINUTE_MS;
    const periodStartMs = originMs + Math.floor((atMs - originMs) / periodMs) * periodMs;
    if (periodStartMs < startMs || periodStartMs >= endMs) continue;
    const existing = byStart.get(periodStartMs) ?? new Aggregate();
    existing.merge(aggregate);
    byStart.set(periodStartMs, existing);
  }
  return [...byStart].map(([at, aggregate]) => ({ startMs: at, aggregate })).sort((a, b) => a.startMs - b.startMs);
}
