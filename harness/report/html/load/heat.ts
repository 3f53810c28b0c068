import type { LatencyHeat, LoadReport } from "../../../model/load-report.ts";
import { count, duration, figure } from "../../figures.ts";
import { clock, gridOf, LABEL, timeAxis } from "../charts/axes.ts";
import { type Chart, INK, WIDTHS_PX, type Width } from "../charts/chart.ts";
import { type ChartFigure, dataTable, number, words } from "../charts/figure.ts";

const MOST_COLUMNS = { wide: 120, narrow: 60 } as const;
const SHADES = ["var(--h1)", "var(--h2)", "var(--h3)", "var(--h4)", "var(--h5)", "var(--h6)"] as const;

/** How many requests of each stretch of time took how long. Seconds that share a column are added. */
export function heatFigure({ heat }: LoadReport, id: string): ChartFigure | undefined {
  const most = Math.max(0, ...heat.counts.flat());
  if (most === 0) return undefined;
  const slowest = topRow(heat);
  const limits = shadeLimits(Math.max(...columnsOf(heat, "wide").columns.flat()));
  return {
    id,
    title: "Latency over time",
    note: "Each cell counts the requests of one stretch of time that took that long.",
    description: `${count(total(heat.counts.flat()), "request")} over ${duration(heat.counts.length * 1000)}; the slowest took up to ${duration(heat.boundsMs[slowest] ?? 0)}.`,
    panels: [
      {
        legend: limits.map((limit, index) => ({
          kind: "swatch",
          name: shadeName(limits[index - 1] ?? 0, limit),
          colour: SHADES[index] ?? SHADES[0],
        })),
        chart: (width) => chartOf(heat, slowest, width),
      },
    ],
    table: dataTable(
      "Latency over time",
      [words("took up to"), number("requests"), number("most in one second"), words("first at")],
      heat.boundsMs.slice(0, slowest + 1).map((bound, row) => {
        const counts = heat.counts.map((second) => second[row] ?? 0);
        const first = counts.findIndex((value) => value > 0);
        return [
          words(duration(bound)),
          number(figure(total(counts))),
          number(figure(Math.max(0, ...counts))),
          words(first < 0 ? "never" : clock(first)),
        ];
      }),
    ),
  };
}

interface Columns {
  readonly secondsEach: number;
  readonly columns: readonly (readonly number[])[];
}

/** Whole seconds added up until they fit. */
function columnsOf(heat: LatencyHeat, width: Width): Columns {
  const secondsEach = Math.max(1, Math.ceil(heat.counts.length / MOST_COLUMNS[width]));
  const columns = Array.from({ length: Math.ceil(heat.counts.length / secondsEach) }, (_, column) => {
    const seconds = heat.counts.slice(column * secondsEach, (column + 1) * secondsEach);
    return heat.boundsMs.map((_, row) => total(seconds.map((second) => second[row] ?? 0)));
  });
  return { secondsEach, columns };
}

/** Upper limits of the shades, each a few times the one before: a single slow request shows next to thousands of quick ones. */
function shadeLimits(most: number): number[] {
  const shades = Math.min(SHADES.length, Math.max(1, Math.ceil(Math.log2(most + 1))));
  return [...new Set(Array.from({ length: shades }, (_, index) => Math.ceil(most ** ((index + 1) / shades))))];
}

function shadeName(above: number, limit: number): string {
  return above + 1 === limit ? figure(limit) : `${figure(above + 1)} to ${figure(limit)}`;
}

function chartOf(heat: LatencyHeat, topmost: number, width: Width): Chart {
  const { secondsEach, columns } = columnsOf(heat, width);
  const limits = shadeLimits(Math.max(...columns.flat()));
  const cells = limits.map((limit, shade) => {
    const above = shade === 0 ? 0 : (limits[shade - 1] ?? 0);
    return columns.flatMap((column, x) =>
      column.flatMap((value, row) => (value > above && value <= limit ? [[x, row]] : [])),
    );
  });
  return {
    widthPx: WIDTHS_PX[width],
    heightPx: (width === "wide" ? 16 : 13) * (topmost + 1) + 36,
    option: {
      grid: { ...gridOf(width), bottom: 24 },
      xAxis: { ...timeAxis(heat.counts.length, width) },
      yAxis: {
        type: "value",
        min: 0,
        max: topmost + 1,
        interval: 1,
        axisLabel: {
          ...LABEL,
          formatter: (row: number) => (row === 0 || row % 2 === 1 ? "" : duration(heat.boundsMs[row - 1] ?? 0)),
        },
        splitLine: { show: false },
        axisLine: { show: true, lineStyle: { color: INK.quiet } },
      },
      series: cells.map((places, shade) => ({
        type: "custom",
        data: [[0, 0]],
        encode: { x: 0, y: 1 },
        silent: true,
        renderItem: (_, api) => ({
          type: "path",
          shape: {
            pathData: places
              .map(([x = 0, row = 0]) =>
                cellPath(api.coord([x * secondsEach, row + 1]), api.coord([(x + 1) * secondsEach, row])),
              )
              .join(""),
          },
          style: { fill: SHADES[shade] ?? SHADES[0] },
        }),
      })),
    },
  };
}

function cellPath([left = 0, top = 0]: readonly number[], [right = 0, bottom = 0]: readonly number[]): string {
  const [x, y, width, height] = [left, top, right - left, bottom - top - 1].map((each) => Math.round(each * 10) / 10);
  return `M${x} ${y}h${width}v${height}h${-(width ?? 0)}z`;
}

function topRow({ boundsMs, counts }: LatencyHeat): number {
  return Math.max(
    0,
    boundsMs.findLastIndex((_, row) => counts.some((second) => (second[row] ?? 0) > 0)),
  );
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
