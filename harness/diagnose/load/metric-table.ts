import type { LoadMetric } from "../../model/load-fact.ts";

export interface MetricPoint {
  readonly startMs: number;
  readonly value: number;
}

/** A metric as it was read. */
export interface MetricLine {
  readonly label: string;
  readonly periodMs: number;
  readonly points: readonly MetricPoint[];
}

export interface MetricQuery {
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: LoadMetric["statistic"];
  /** The metric must have these dimensions; it may have more (an operation), and then all that fit are added. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** What was read of one metric. */
export type MetricRead = Pick<
  LoadMetric,
  "namespace" | "metric" | "statistic" | "dimensions" | "periodMs" | "datapoints"
>;

/** The metrics of a load run. */
export interface MetricTable {
  /** Undefined where no datapoint came: missing is not zero. */
  line(query: MetricQuery): MetricLine | undefined;
}

/** Puts metric facts together; where the same metric was read more than once, the last value of a datapoint counts. */
export function metricTableOf(facts: readonly MetricRead[]): MetricTable {
  return {
    line({ namespace, metric, statistic, dimensions }) {
      const fitting = facts.filter(
        (fact) =>
          fact.namespace === namespace &&
          fact.metric === metric &&
          fact.statistic === statistic &&
          Object.entries(dimensions).every(([name, value]) => fact.dimensions[name] === value),
      );
      const points = addedUp(fitting, statistic);
      const periodMs = Math.max(0, ...fitting.map((fact) => fact.periodMs));
      return points.length === 0 ? undefined : { label: `${namespace} ${metric} (${statistic})`, periodMs, points };
    },
  };
}

/** Over dimensions, sums are added; of anything else the largest stands. */
function addedUp(facts: readonly MetricRead[], statistic: LoadMetric["statistic"]): MetricPoint[] {
  const bySeries = new Map<string, Map<number, number>>();
  for (const { dimensions, datapoints } of facts) {
    const key = JSON.stringify(Object.entries(dimensions).sort());
    const series = bySeries.get(key) ?? new Map<number, number>();
    bySeries.set(key, series);
    for (const { startMs, value } of datapoints) series.set(startMs, value);
  }
  const total = new Map<number, number>();
  for (const series of bySeries.values())
    for (const [startMs, value] of series) {
      const before = total.get(startMs);
      const both = statistic === "Sum" ? (before ?? 0) + value : Math.max(before ?? value, value);
      total.set(startMs, both);
    }
  return [...total].map(([startMs, value]) => ({ startMs, value })).sort((one, other) => one.startMs - other.startMs);
}

export interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The datapoints whose period overlaps the span. */
export function pointsIn({ points, periodMs }: MetricLine, { fromMs, untilMs }: Span): readonly MetricPoint[] {
  return points.filter(({ startMs }) => startMs < untilMs && startMs + periodMs > fromMs);
}

export function sumIn(line: MetricLine, span: Span): number {
  return pointsIn(line, span).reduce((sum, { value }) => sum + value, 0);
}

/** The largest value in a span; undefined where no datapoint came for it. */
export function mostIn(line: MetricLine, span: Span): number | undefined {
  const values = pointsIn(line, span).map(({ value }) => value);
  return values.length === 0 ? undefined : Math.max(...values);
}
