import type { LoadReport, MetricSeries } from "../../../model/load-report.ts";
import type { Point } from "../charts/thin.ts";

/** Seconds since the load began, and a value. */
export interface TimeLine {
  readonly name: string;
  /** Which of the series' inks it has; its own place among the lines where it says none. */
  readonly ink?: number;
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
      lines: [
        { ...line("planned", planned), ink: 4 },
        { ...line("sent", sent), ink: 0 },
        { ...line("acked", acked), ink: 1 },
      ],
    },
    { title: "Errors per second", axis: "amount", lines: [line("errors", errors)] },
    { title: "Answers of the entry", axis: "latency", lines: [line("p50", p50Ms), line("p99", p99Ms)] },
  ];
  return [...own, ...metricPanels(metrics, seconds.startMs)].filter(({ lines }) =>
    lines.some(({ points }) => points.length > 0),
  );
}

/** The services' own metrics: iterator age first, then the throttles of all services in one panel, then each other metric. */
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
        name: label.startsWith(`${title} of `) ? label.slice(title.length + 4) : label,
        points: points.map(({ atMs, value }) => [(atMs - startMs) / 1000, value]),
      })),
    }));
}

/** Labels are a metric and what it is of: `AWS/Lambda Duration (Average) of ingest`. */
function titleOf({ label }: MetricSeries): string {
  if (/IteratorAge/i.test(label)) return "Iterator age";
  if (/Throttl|Exceeded|429/i.test(label)) return "Throttles";
  return label.split(" of ", 1)[0] ?? label;
}
