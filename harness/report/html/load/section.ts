import type { LoadProfile, LoadSpec } from "../../../model/load.ts";
import type { SaturationFigures } from "../../../model/load-fact.ts";
import type { LoadReport } from "../../../model/load-report.ts";
import type { Report } from "../../../model/report.ts";
import { duration, figure, percent } from "../../figures.ts";
import { describeSender } from "../../load-words.ts";
import type { DrawChart } from "../charts/chart.ts";
import { type ChartFigure, chartFigure } from "../charts/figure.ts";
import { html, type Markup, nothing } from "../markup.ts";
import { capacityMarkup } from "./capacity.ts";
import { heatFigure } from "./heat.ts";
import { overTimeFigure } from "./over-time.ts";
import { percentilesFigure } from "./percentiles.ts";
import { sizingMarkup } from "./sizing.ts";
import { stepsFigure, stepsTable } from "./steps.ts";

/** What a load run showed, scenario by scenario; nothing in other runs. */
export function loadsSection({ loads = [] }: Report, draw: DrawChart | undefined): Markup {
  return html`${loads.map((load, index) => loadSection(load, `load-${index}`, draw))}`;
}

function loadSection(load: LoadReport, id: string, draw: DrawChart | undefined): Markup {
  const drawn = (figure: ChartFigure | undefined): Markup =>
    figure === undefined ? nothing : chartFigure(figure, draw);
  const steps = stepsFigure(load, `${id}-steps`);
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">Load on ${load.scenario}</h2>
<p>${describeSpec(load.spec)}</p>
${load.saturation === undefined ? nothing : saturationMarkup(load.saturation)}${capacityMarkup(load)}
${steps === undefined ? stepsTable(load.phases) : drawn(steps)}
${load.recommendation === null ? nothing : sizingMarkup(load.recommendation)}
${drawn(overTimeFigure(load, `${id}-time`))}${drawn(percentilesFigure(load, `${id}-percentiles`))}${drawn(heatFigure(load, `${id}-heat`))}
<p class="quiet">${load.cleanup}</p>
</section>
`;
}

function saturationMarkup(figures: SaturationFigures): Markup {
  const { connections, ackedRequestsPerSecond, p50Ms, p99Ms, rejectedRequests, unknownRequests } = figures;
  return html`<p>${figure(ackedRequestsPerSecond)} acked requests/s over ${figure(connections)} connections, p50 ${duration(p50Ms)}, p99 ${duration(p99Ms)}; ${figure(rejectedRequests)} rejected, ${figure(unknownRequests)} without a definite answer, those under way at its end among them. A closed loop waits for its answers, so the stack sets the pace: this is no rate that holds, and no capacity.</p>
`;
}

function describeSpec(spec: LoadSpec): string {
  const { profile, eventsPerRequest, policy } = spec;
  const size = eventsPerRequest === 1 ? "one event a request" : `${figure(eventsPerRequest)} events a request`;
  const keeps = `p99 of the answers within ${duration(policy.latencyP99Ms)}, p99 to the sink within ${duration(policy.sinkP99Ms)}, errors at most ${percent(policy.errorRatio)}, iterator age at most ${duration(policy.iteratorAgeMs)}`;
  const sender = `${describeProfile(profile)}; ${size}, ${describeSender(spec)}.`;
  return profile.kind === "closed-loop" ? sender : `${sender} A rate holds that keeps ${keeps}.`;
}

function describeProfile(profile: LoadProfile): string {
  switch (profile.kind) {
    case "steady":
      return `${figure(profile.eventsPerSecond)} events/s for ${duration(profile.durationMs)}`;
    case "ramp":
      return `A ramp from ${figure(profile.fromEventsPerSecond)} to ${figure(profile.toEventsPerSecond)} events/s in ${duration(profile.durationMs)}`;
    case "step":
      return `Steps of ${profile.steps.map((step) => `${figure(step.eventsPerSecond)} events/s for ${duration(step.durationMs)}`).join(", ")}`;
    case "spike":
      return `A spike to ${figure(profile.spikeEventsPerSecond)} events/s for ${duration(profile.spikeMs)} out of ${figure(profile.baseEventsPerSecond)}`;
    case "search":
      return `A search from ${figure(profile.lowestEventsPerSecond)} to ${figure(profile.highestEventsPerSecond)} events/s in steps of ${duration(profile.stepMs)}`;
    case "closed-loop":
      return `A closed loop over ${figure(profile.connections)} connections for ${duration(profile.durationMs)}: each sends its next request when it has the answer to the last`;
    default:
      return profile satisfies never;
  }
}
