import type { LoadReport, PercentileCurve } from "../../../model/load-report.ts";
import { duration } from "../../figures.ts";
import { gridOf, LABEL, latencyAxis, namedAxis } from "../charts/axes.ts";
import { type Chart, seriesInk, WIDTHS_PX, type Width } from "../charts/chart.ts";
import { type ChartFigure, dataTable, number, words } from "../charts/figure.ts";
import { type Point, thin } from "../charts/thin.ts";

/** Latency by percentile. The axis is logarithmic in the share that is slower, so that the slow tail has as much room as the rest. */
export function percentilesFigure(load: LoadReport, id: string): ChartFigure | undefined {
  const curves = [
    { name: "answer of the entry", curve: load.entryLatency },
    { name: "seen at the sink", curve: load.sinkLatency },
  ].filter(({ curve }) => curve.length > 0);
  if (curves.length === 0) return undefined;
  const said = curves.map(
    ({ name, curve }) => `${name}: p50 ${at(curve, 50)}, p99 ${at(curve, 99)}, max ${at(curve, 100)}`,
  );
  return {
    id,
    title: "Latency by percentile",
    note: "From the time an event was due. To the right, ever fewer events are slower.",
    description: `${said.join("; ")}.`,
    panels: [
      {
        legend: curves.map(({ name }, series) => ({ kind: "line", name, series })),
        chart: (width) =>
          chartOf(
            curves.map(({ curve }) => curve),
            width,
          ),
      },
    ],
    table: dataTable(
      "Latency by percentile",
      [words("percentile"), ...curves.map(({ name }) => number(name))],
      percentilesOf(curves.map(({ curve }) => curve)).map((percentile) => [
        words(percentile === 100 ? "max" : `p${percentile}`),
        ...curves.map(({ curve }) => number(at(curve, percentile))),
      ]),
    ),
  };
}

function percentilesOf(curves: readonly PercentileCurve[]): number[] {
  return [...new Set(curves.flat().map(({ percentile }) => percentile))].toSorted((a, b) => a - b);
}

/** Too few requests leave the high percentiles without a value of their own. */
function at(curve: PercentileCurve, percentile: number): string {
  const point = curve.find((each) => each.percentile === percentile);
  return point === undefined ? "too few" : duration(point.ms);
}

function chartOf(curves: readonly PercentileCurve[], width: Width): Chart {
  const lines = curves.map((curve) => thin(curve.flatMap(slownessOf), width === "wide" ? 600 : 300));
  const last = Math.max(10, ...lines.flat().map(([slowness]) => slowness));
  return {
    widthPx: WIDTHS_PX[width],
    heightPx: width === "wide" ? 300 : 240,
    option: {
      grid: gridOf(width),
      xAxis: {
        type: "log",
        logBase: 10,
        min: 1,
        max: 10 ** Math.ceil(Math.log10(last)),
        ...namedAxis("percentile"),
        axisLabel: { ...LABEL, formatter: percentileOf },
      },
      yAxis: latencyAxis(),
      series: lines.map((data, index) => {
        const { color, dash } = seriesInk(index);
        const lineStyle = { color, width: 2, type: dash };
        return {
          type: "line",
          data: data.map((point) => [...point]),
          showSymbol: data.length < 50,
          symbol: "circle",
          symbolSize: 5,
          itemStyle: { color },
          lineStyle,
        };
      }),
    },
  };
}

/** One in how many is slower: 2 at the median, 100 at p99. Nothing is slower than the slowest, so the last point has no place. */
function slownessOf({ percentile, ms }: PercentileCurve[number]): Point[] {
  return percentile >= 100 ? [] : [[1 / (1 - percentile / 100), Math.max(0.01, ms)]];
}

function percentileOf(slowness: number): string {
  return `${Number((100 - 100 / slowness).toFixed(6))}`;
}
