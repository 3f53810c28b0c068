import type { Latency, Report } from "../../model/report.ts";
import { duration, figure } from "../figures.ts";
import { html, type Markup, nothing } from "./markup.ts";

type Measured = Extract<Latency, { kind: "measured" }>;

/** How long events took to the sink, per scenario, on one logarithmic axis. */
export function latencySection({ scenarios }: Report): Markup {
  const rows = scenarios.flatMap(({ name, latency }) => (latency.kind === "measured" ? [{ name, latency }] : []));
  if (rows.length === 0) return nothing;
  const place = axisOf(rows.map(({ latency }) => latency));
  return html`<section aria-labelledby="latency">
<h2 id="latency">How long events took</h2>
<p class="quiet">From the time an event was due to the first sight of it at the sink, over the events that arrived. The bar goes from the median to the slowest, on a logarithmic axis; its tick is the 99th percentile.</p>
<div class="scroll" tabindex="0" role="group" aria-label="Latency by scenario"><table>
<thead><tr><th scope="col">scenario</th><th scope="col" class="n">events</th><th scope="col" class="n">p50</th><th scope="col" class="n">p90</th><th scope="col" class="n">p99</th><th scope="col" class="n">max</th><th scope="col" class="n">sent late by</th><th scope="col" class="strip-head">p50 to max</th></tr></thead>
<tbody>${rows.map(({ name, latency }) => rowOf(name, latency, place))}</tbody></table></div></section>
`;
}

function rowOf(name: string, latency: Measured, place: (ms: number) => number): Markup {
  const { count, p50Ms, p90Ms, p99Ms, maxMs, maxSendDelayMs } = latency;
  const [from, tick, to] = [place(p50Ms), place(p99Ms), place(maxMs)];
  const width = Math.max(1, to - from);
  const cells = [p50Ms, p90Ms, p99Ms, maxMs, maxSendDelayMs].map((ms) => html`<td class="n">${duration(ms)}</td>`);
  return html`
<tr><th scope="row">${name}</th><td class="n">${figure(count)}</td>${cells}<td class="strip"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"><path class="axis" d="M0 5h100"/><path class="range" d="M${from} 5h${width}"/><path class="tick" d="M${tick} 0v10"/></svg></td></tr>`;
}

/** Where a latency stands on the common axis, 0 to 100; the axis spans whole powers of ten. */
function axisOf(latencies: readonly Measured[]): (ms: number) => number {
  const log = (ms: number): number => Math.log10(Math.max(1, ms));
  const low = Math.floor(Math.min(...latencies.map(({ p50Ms }) => log(p50Ms))));
  const high = Math.max(low + 1, Math.ceil(Math.max(...latencies.map(({ maxMs }) => log(maxMs)))));
  return (ms) => Math.round(((log(ms) - low) / (high - low)) * 1000) / 10;
}
