import { duration, figure } from "../../figures.ts";
import { INK, type Width } from "./chart.ts";

/** Axes and grids that the charts share. Charts of one page line up: each keeps the same margins. */

export const LABEL = { color: INK.quiet, fontFamily: "inherit", fontSize: 12 } as const;

export function gridOf(width: Width): { left: number; right: number; top: number; bottom: number } {
  return { left: width === "wide" ? 64 : 48, right: width === "wide" ? 24 : 14, top: 12, bottom: 42 };
}

const LINES = {
  axisLine: { lineStyle: { color: INK.quiet } },
  axisTick: { lineStyle: { color: INK.quiet } },
  splitLine: { show: true, lineStyle: { color: INK.line, width: 1 } },
  minorTick: { show: false },
};

const NAME = { nameTextStyle: LABEL, nameLocation: "middle" as const };

/** Time since the load began, in seconds. */
export function timeAxis(lastSecond: number, width: Width) {
  return {
    type: "value" as const,
    min: 0,
    max: Math.max(1, lastSecond),
    interval: timeStep(lastSecond, width === "wide" ? 10 : 5),
    axisLabel: { ...LABEL, showMaxLabel: false, formatter: clock },
    ...LINES,
    splitLine: { show: false },
  };
}

export function amountAxis(formatter: (value: number) => string = figure) {
  return { type: "value" as const, min: 0, splitNumber: 3, axisLabel: { ...LABEL, formatter }, ...LINES };
}

/** Milliseconds on a logarithmic axis. */
export function latencyAxis(name?: string) {
  return {
    type: "log" as const,
    logBase: 10,
    axisLabel: { ...LABEL, formatter: duration },
    ...LINES,
    ...(name === undefined ? {} : { name, ...NAME, nameGap: 52 }),
  };
}

/** A bottom axis with a name under it. */
export function namedAxis(name: string) {
  return { name, ...NAME, nameGap: 28, ...LINES };
}

/** `0:00`, `1:30`, `10:00`; minutes and seconds since the start. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function timeStep(lastSecond: number, mostTicks: number): number {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800];
  return steps.find((step) => lastSecond / step <= mostTicks) ?? 3600;
}
