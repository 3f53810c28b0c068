import type { LoadSpec } from "../../../model/load.ts";
import type { LoadReport } from "../../../model/load-report.ts";
import type { Report } from "../../../model/report.ts";
import { duration, figure, percent } from "../../figures.ts";
import { describeProfile, describeSaturation, describeSender } from "../../load-words.ts";
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
${
  load.saturation === undefined
    ? nothing
    : html`<p>${describeSaturation(load.saturation).join(". ")}</p>
`
}${capacityMarkup(load)}
${steps === undefined ? stepsTable(load.phases) : drawn(steps)}
${load.recommendation === null ? nothing : sizingMarkup(load.recommendation)}
${drawn(overTimeFigure(load, `${id}-time`))}${drawn(percentilesFigure(load, `${id}-percentiles`))}${drawn(heatFigure(load, `${id}-heat`))}
<p class="quiet">${load.cleanup}</p>
</section>
`;
}

function describeSpec(spec: LoadSpec): string {
  const { profile, eventsPerRequest, policy } = spec;
  const size = eventsPerRequest === 1 ? "one event a request" : `${figure(eventsPerRequest)} events a request`;
  const keeps = `p99 of the answers within ${duration(policy.latencyP99Ms)}, p99 to the sink within ${duration(policy.sinkP99Ms)}, errors at most ${percent(policy.errorRatio)}, iterator age at most ${duration(policy.iteratorAgeMs)}`;
  const load = describeProfile(profile);
  const sender = `${load.charAt(0).toUpperCase()}${load.slice(1)}; ${size}, ${describeSender(spec)}.`;
  return profile.kind === "closed-loop" ? sender : `${sender} A rate holds that keeps ${keeps}.`;
}
