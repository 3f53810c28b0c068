import type { LoadReport, MetricSeries } from "../../../model/load-report.ts";
import type { Point } from "../charts/thin.ts";

/** Seconds since the load began, and a value. */
export interface TimeLine {
  readonly name: string;
  readonly points: readonly Point[];
}

/** Lines of one unit on one axis. */
export interface TimePanel {
  readonly title: string;
  readonly axis: "amount" | "latency" | "duration";
  readonly lines: readonly TimeLine[];
  /** Each point stands for the whole period that it begins, as CloudWatch's do. */
  readonly isByPeriod?: true;
}

/** What a load is shown by, from the sender's own seconds to the services' metrics. */
export function panelsOf({ seconds, metrics }: LoadReport): TimePanel[] {
  const line = (name: string, values: readonly (number | null)[]): TimeLine => ({
    name,
    points: values.map((value, at) => [at, value]),
  });
  const { planned, sent, acked, errors, p50Ms, p99Ms } = seconds;
  const own: TimePanel[] = [
    {
      title: "Events per second",
      axis: "amount",
      lines: [line("sent", sent), line("acked", acked), line("planned", planned)],
    },
    { title: "Errors per second", axis: "amount", lines: [line("errors", errors)] },
    { title: "Answers of the entry", axis: "latency", lines: [line("p50", p50Ms), line("p99", p99Ms)] },
  ];
  return [...own, ...metricPanels(metrics, seconds.startMs)].filter(({ lines }) =>
    lines.some(({ points }) => points.length > 0),
  );
}

/** The services' own metrics: throttles of all services in one panel, the others by unit, iterator age first. */
function metricPanels(metrics: readonly MetricSeries[], startMs: number): TimePanel[] {
  const groups = new Map<string, MetricSeries[]>();
  for (const metric of metrics) {
    const title = titleOf(metric);
    groups.set(title, [...(groups.get(title) ?? []), metric]);
  }
  const rank = (title: string): number => ["Iterator age", "Throttles"].indexOf(title) + 1 || 3;
  return [...groups]
    .toSorted(([a], [b]) => rank(a) - rank(b))
    .map(([title, series]) => ({
      title,
      axis: series.every(({ unit }) => /^ms$|millisecond/i.test(unit)) ? "duration" : "amount",
      isByPeriod: true,
      lines: series.map(({ label, points }) => ({
        name: label,
        points: points.map(({ atMs, value }) => [(atMs - startMs) / 1000, value]),
      })),
    }));
}

function titleOf({ label, unit }: MetricSeries): string {
  if (/IteratorAge/i.test(label)) return "Iterator age";
  if (/Throttl|Exceeded|429/i.test(label)) return "Throttles";
  return unit === "" ? "Metrics" : `Metrics in ${unit}`;
}
