import type { LoadReport, PhaseResult } from "../../../model/load-report.ts";
import type { Verdict } from "../../../model/verdict.ts";
import { duration, figure } from "../../figures.ts";
import { amountAxis, gridOf, LABEL, latencyAxis, namedAxis } from "../charts/axes.ts";
import { type Chart, INK, seriesInk, WIDTHS_PX, type Width } from "../charts/chart.ts";

/** A phase and the highest rate in it. */
export type Step = PhaseResult & { readonly rate: number };

/** How a step is marked by its verdict, in a chart and in words. */
export const SIGNS: Readonly<
  Record<Verdict, { readonly symbol: string; readonly sign: string; readonly says: string }>
> = {
  pass: { symbol: "circle", sign: "●", says: "held" },
  unknown: { symbol: "diamond", sign: "◆", says: "not known" },
  fail: { symbol: "path://M0 2L2 0L5 3L8 0L10 2L7 5L10 8L8 10L5 7L2 10L0 8L3 5Z", sign: "✖", says: "broke" },
};

/** The 99th percentile of the latency by rate, with the bounds that the search found and what the policy asks. */
export function kneeChart({ capacity, spec }: LoadReport, steps: readonly Step[], width: Width): Chart {
  const byRate = steps.toSorted((a, b) => a.rate - b.rate);
  const bounds = capacity.kind === "found" ? [capacity.holdsEventsPerSecond, capacity.breaksEventsPerSecond] : [];
  const lines = [
    { ink: 0, of: (step: Step) => step.entryP99Ms, limit: spec.policy.latencyP99Ms },
    { ink: 2, of: (step: Step) => step.sinkP99Ms, limit: spec.policy.sinkP99Ms },
  ];
  return {
    widthPx: WIDTHS_PX[width],
    heightPx: width === "wide" ? 320 : 280,
    option: {
      grid: { ...gridOf(width), top: 28 },
      xAxis: {
        ...amountAxis(),
        splitNumber: width === "wide" ? 8 : 4,
        ...namedAxis("events per second"),
        splitLine: { show: false },
      },
      yAxis: latencyAxis(),
      series: lines.map(({ ink, of, limit }, index) => {
        const { color, dash } = seriesInk(ink);
        return {
          type: "line",
          data: byRate.map((step) => pointOf(step.holds, [step.rate, of(step)], color)),
          symbolSize: 9,
          connectNulls: true,
          lineStyle: { color, width: 1.6, type: dash },
          markLine: {
            silent: true,
            symbol: "none",
            data: [limitLine(limit, color), ...(index === 0 ? bounds.flatMap(boundLine) : [])],
          },
        };
      }),
    },
  };
}

function limitLine(limitMs: number, color: string) {
  const label = { ...LABEL, color, formatter: `policy ${duration(limitMs)}`, position: "insideStartTop" as const };
  return { yAxis: limitMs, lineStyle: { color, type: [2, 4], width: 1 }, label };
}

/** The highest rate that held to the left of its line and the lowest that broke to the right: they may stand close together. */
function boundLine(rate: number | null, index: number) {
  if (rate === null) return [];
  const says = index === 0 ? "holds" : "breaks";
  const color = index === 0 ? "var(--pass)" : "var(--fail)";
  const align = index === 0 ? ("right" as const) : ("left" as const);
  const label = {
    ...LABEL,
    color,
    formatter: `${says} ${figure(rate)}`,
    padding: [0, 5],
    position: "end" as const,
    align,
  };
  return [{ xAxis: rate, lineStyle: { color, type: index === 0 ? ("solid" as const) : [6, 4], width: 1.5 }, label }];
}

/** The rates in the order in which they were tried. */
export function orderChart({ capacity }: LoadReport, steps: readonly Step[], width: Width): Chart {
  const held = capacity.kind === "found" ? [capacity.holdsEventsPerSecond] : [];
  return {
    widthPx: WIDTHS_PX[width],
    heightPx: width === "wide" ? 190 : 170,
    option: {
      grid: gridOf(width),
      xAxis: {
        type: "category",
        data: steps.map(({ plan }) => String(plan.phase + 1)),
        ...namedAxis("step"),
        splitLine: { show: false },
        axisLabel: LABEL,
      },
      yAxis: amountAxis(),
      series: [
        {
          type: "line",
          data: steps.map(({ holds, rate }) => pointOf(holds, rate, INK.quiet)),
          symbolSize: 9,
          lineStyle: { color: INK.quiet, width: 1, type: [3, 3] },
          markLine: {
            silent: true,
            symbol: "none",
            label: { show: false },
            lineStyle: { color: "var(--pass)", type: "solid", width: 1.5 },
            data: held.map((yAxis) => ({ yAxis })),
          },
        },
      ],
    },
  };
}

/** A step as a point: its shape says the verdict, and its colour too where it did not hold. */
function pointOf<V>(holds: Verdict, value: V, color: string) {
  const tone = { pass: color, unknown: "var(--unknown)", fail: "var(--fail)" }[holds];
  return { value, symbol: SIGNS[holds].symbol, itemStyle: { color: tone } };
}
