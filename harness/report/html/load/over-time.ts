import type { LoadReport } from "../../../model/load-report.ts";
import { duration, figure } from "../../figures.ts";
import { amountAxis, gridOf, latencyAxis, timeAxis } from "../charts/axes.ts";
import { type Chart, INK, seriesInk, WIDTHS_PX, type Width } from "../charts/chart.ts";
import { type Cell, type ChartFigure, dataTable, number, type Panel, words } from "../charts/figure.ts";
import { type Point, thin } from "../charts/thin.ts";
import { panelsOf, type TimeLine, type TimePanel } from "./time-panels.ts";

/** Rate, errors, latency and what the services measured, under each other on one time axis; phases begin at the dotted lines. */
export function overTimeFigure(load: LoadReport, id: string): ChartFigure | undefined {
  const panels = panelsOf(load);
  const lastSecond = Math.max(
    0,
    ...panels.flatMap(({ lines }) => lines.flatMap(({ points }) => points.map(([x]) => x))),
  );
  if (lastSecond === 0) return undefined;
  const starts = load.phases
    .map(({ plan }) => (plan.startMs - load.seconds.startMs) / 1000)
    .filter((start) => start > 0);
  return {
    id,
    title: "Over time",
    note: "Minutes and seconds since the load began; phases begin at the dotted lines.",
    description: `${panels.map(({ title, lines }) => `${title}: ${lines.map((line) => `${line.name} at most ${peakOf(line)}`).join(", ")}`).join(". ")}.`,
    panels: panels.map(
      (panel): Panel => ({
        title: panel.title,
        legend: panel.lines.map(({ name, ink }, index) => ({ kind: "line", name, series: ink ?? index })),
        chart: (width) => chartOf(panel, starts, lastSecond, width),
      }),
    ),
    table: dataTable(
      "Over time",
      [words("series"), number("lowest"), number("mean"), number("highest"), words("unit")],
      panels.flatMap(({ title, lines }) => lines.map((line) => summaryOf(title, line))),
    ),
  };
}

function chartOf(
  { axis, lines, isByPeriod }: TimePanel,
  starts: readonly number[],
  lastSecond: number,
  width: Width,
): Chart {
  const yAxis = {
    amount: () => ({ ...amountAxis(), minInterval: areWhole(lines) ? 1 : 0 }),
    latency: () => latencyAxis(),
    duration: () => amountAxis(duration),
  }[axis]();
  const most = width === "wide" ? 600 : 300;
  const isLog = axis === "latency";
  return {
    widthPx: WIDTHS_PX[width],
    heightPx: width === "wide" ? 150 : 135,
    option: {
      grid: { ...gridOf(width), bottom: 24 },
      xAxis: timeAxis(lastSecond, width),
      yAxis,
      series: lines.map(({ points, ink }, index) => {
        const { color, dash } = seriesInk(ink ?? index);
        return {
          type: "line",
          data: thin(points, most).map(([x, y], at, all) => ({
            value: [x, isLog && y !== null ? Math.max(0.01, y) : y],
            symbol: points.length < 15 || isAlone(all, at) ? "circle" : "none",
          })),
          symbolSize: 4,
          itemStyle: { color },
          lineStyle: { color, width: 1.6, type: dash },
          ...(isByPeriod === undefined ? {} : { step: "end" as const }),
          ...(index === 0 ? { markLine: phaseStarts(starts) } : {}),
        };
      }),
    },
  };
}

/** A point between two gaps has no line to be seen by. */
function isAlone(points: readonly Point[], at: number): boolean {
  return (points[at - 1]?.[1] ?? null) === null && (points[at + 1]?.[1] ?? null) === null;
}

function phaseStarts(starts: readonly number[]) {
  return {
    silent: true,
    symbol: "none",
    label: { show: false },
    lineStyle: { color: INK.quiet, type: [1, 3], width: 1 },
    data: starts.map((xAxis) => ({ xAxis })),
  };
}

function areWhole(lines: readonly TimeLine[]): boolean {
  return lines.flatMap(valuesOf).every(Number.isInteger);
}

function valuesOf({ points }: TimeLine): number[] {
  return points.flatMap(([, y]) => (y === null ? [] : [y]));
}

function peakOf(line: TimeLine): string {
  const values = valuesOf(line);
  return values.length === 0 ? "not measured" : figure(Math.max(...values));
}

function summaryOf(title: string, line: TimeLine): Cell[] {
  const values = valuesOf(line);
  const shown = (value: number): Cell => number(values.length === 0 ? "not measured" : figure(value));
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return [words(line.name), shown(Math.min(...values)), shown(mean), shown(Math.max(...values)), words(title)];
}
