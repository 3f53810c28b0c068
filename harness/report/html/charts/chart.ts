import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from "echarts/charts";
import type {
  GridComponentOption,
  MarkAreaComponentOption,
  MarkLineComponentOption,
  TitleComponentOption,
} from "echarts/components";
import type { ComposeOption } from "echarts/core";

/** What a chart is made of, in echarts' words. Only the types are imported here: who draws is the caller's affair. */
type ChartOption = ComposeOption<
  | LineSeriesOption
  | ScatterSeriesOption
  | CustomSeriesOption
  | GridComponentOption
  | TitleComponentOption
  | MarkLineComponentOption
  | MarkAreaComponentOption
>;

/** A chart to draw. Sizes are CSS pixels at which its text has its own size. */
export interface Chart {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly option: ChartOption;
}

/** Draws a chart as the text of one SVG element. The same chart gives the same text. */
export type DrawChart = (chart: Chart) => string;

/** The two widths in which a page holds each chart: a screen and a phone, so that the letters are never scaled to nothing. */
export const WIDTHS_PX = { wide: 940, narrow: 330 } as const;

export type Width = keyof typeof WIDTHS_PX;

/** The page's colours: variables, so that one drawing serves a light screen, a dark one and paper. */
export const INK = { text: "var(--text)", quiet: "var(--quiet)", line: "var(--line)", back: "var(--back)" } as const;

/** Of the series of one chart, in their order; each also has its own dash, for readers who do not see colours. */
const SERIES = [
  { color: "var(--c1)", dash: "solid" },
  { color: "var(--c2)", dash: [7, 3] },
  { color: "var(--c3)", dash: [2, 2] },
  { color: "var(--c4)", dash: [9, 3, 2, 3] },
  { color: "var(--c5)", dash: [4, 4] },
  { color: "var(--c6)", dash: [1, 3] },
] as const satisfies readonly { color: string; dash: "solid" | number[] }[];

export function seriesInk(index: number): { readonly color: string; readonly dash: "solid" | number[] } {
  const { color, dash } = SERIES[index % SERIES.length] ?? SERIES[0];
  return { color, dash: typeof dash === "string" ? dash : [...dash] };
}
