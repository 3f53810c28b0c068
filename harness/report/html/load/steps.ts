import type { LoadReport, PhaseResult } from "../../../model/load-report.ts";
import { duration, figure, percent } from "../../figures.ts";
import { type Cell, type ChartFigure, dataTable, type Legend, number, words } from "../charts/figure.ts";
import { badge } from "../icons.ts";
import type { Markup } from "../markup.ts";
import { kneeChart, orderChart, SIGNS, type Step } from "./knee.ts";

const SIGN_LEGEND: readonly Legend[] = Object.values(SIGNS).map(({ sign, says }) => ({
  kind: "sign",
  name: says,
  sign,
}));

/** What the rates did to the latency: the knee is where the curves leave the ground. And the order in which they were tried. */
export function stepsFigure(load: LoadReport, id: string): ChartFigure | undefined {
  const steps = load.phases
    .filter(({ plan }) => plan.purpose !== "warm-up")
    .map((phase): Step => ({ ...phase, rate: rateOf(phase) }));
  if (steps.length < 2) return undefined;
  return {
    id,
    title: load.spec.profile.kind === "search" ? "The search and the knee" : "The steps",
    note: "Where the curves leave the ground, the stack gives way.",
    description: `${describeCapacity(load)} ${steps.map(describeStep).join("; ")}.`,
    panels: [
      {
        title: "p99 by rate",
        legend: [
          { kind: "line", name: "answer of the entry", series: 0 },
          { kind: "line", name: "seen at the sink", series: 2 },
          ...SIGN_LEGEND,
        ],
        chart: (width) => kneeChart(load, steps, width),
      },
      {
        title: "The steps in their order, events per second",
        legend: SIGN_LEGEND,
        chart: (width) => orderChart(load, steps, width),
      },
    ],
    table: stepsTable(load.phases),
  };
}

/** Every phase with its figures and why it held or broke. */
export function stepsTable(phases: readonly PhaseResult[]): Markup {
  const head = [
    words("#"),
    words("purpose"),
    number("planned /s"),
    number("acked /s"),
    number("errors"),
    number("p99 entry"),
    number("p99 sink"),
    number("unsent"),
    words("held?"),
    { text: "why", kind: "why" } as const,
  ];
  return dataTable("The phases", head, phases.map(rowOf));
}

function rowOf(phase: PhaseResult): Cell[] {
  const { plan, ackedEventsPerSecond, errorRatio, entryP99Ms, sinkP99Ms, unsentEvents, holds, why } = phase;
  const { fromEventsPerSecond: from, toEventsPerSecond: to } = plan;
  return [
    words(String(plan.phase + 1)),
    words(plan.purpose),
    number(from === to ? figure(to) : `${figure(from)} to ${figure(to)}`),
    number(figure(ackedEventsPerSecond)),
    number(percent(errorRatio)),
    number(entryP99Ms === null ? "–" : duration(entryP99Ms)),
    number(sinkP99Ms === null ? "–" : duration(sinkP99Ms)),
    number(figure(unsentEvents)),
    words(badge(holds)),
    { text: why, kind: "why" },
  ];
}

function describeCapacity({ capacity }: LoadReport): string {
  if (capacity.kind !== "found") return "Rate against the latency that it brought.";
  const { holdsEventsPerSecond, breaksEventsPerSecond } = capacity;
  const breaks =
    breaksEventsPerSecond === null ? "no rate tried broke it" : `${figure(breaksEventsPerSecond)} broke it`;
  return `${figure(holdsEventsPerSecond)} events/s held, ${breaks}.`;
}

function describeStep({ plan, rate, holds, entryP99Ms }: Step): string {
  const p99 = entryP99Ms === null ? "" : ` with p99 ${duration(entryP99Ms)}`;
  return `step ${plan.phase + 1}, ${figure(rate)} events/s, ${SIGNS[holds].says}${p99}`;
}

function rateOf({ plan }: PhaseResult): number {
  return Math.max(plan.fromEventsPerSecond, plan.toEventsPerSecond);
}
