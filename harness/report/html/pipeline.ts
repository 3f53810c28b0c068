import type { HopResult, ScenarioResult } from "../../model/report.ts";
import { duration, figure } from "../figures.ts";
import { type Station, stationsOf, type Wire } from "../stations.ts";
import { describeCounts } from "../words.ts";
import { badge, hopIcon, verdictIcon } from "./icons.ts";
import { html, type Markup, nothing } from "./markup.ts";

/** A scenario drawn from its entry to its sink: what each hop should have seen and saw, and the cut wire where one is cut. */
export function pipelineFigure(scenario: ScenarioResult, id: string): Markup {
  const { name, sentence, verdict, events, durationMs } = scenario;
  const stations = stationsOf(scenario);
  return html`<article class="pipeline ${verdict}" aria-labelledby="${id}">
<header><h3 id="${id}">${name}</h3>${badge(verdict)}<span class="quiet">${duration(durationMs)}</span></header>
<p>${sentence}</p>
${stations.length === 0 ? nothing : html`<ol class="hops">${stations.map((station, index) => stationItem(station, index === 0 ? events.sent : undefined))}</ol>`}
<p class="quiet">${describeCounts(events)}.</p>
</article>
`;
}

function stationItem({ hop, wire, metrics }: Station, sent: number | undefined): Markup {
  const start =
    sent === undefined ? nothing : html`<span class="start">${hopIcon("sender")} ${figure(sent)} sent</span>`;
  return html`<li>${start}${wireMarkup(wire)}<div class="hop ${hop.verdict}">
<span class="name">${hopIcon(hop.kind)} ${hop.name}</span>
<span class="seen"><b>${figure(hop.seen)}</b> of ${figure(hop.expected)}</span>
<span class="state">${verdictIcon(hop.verdict)} ${stateOf(hop)}</span>
${metrics.map(metricChip)}</div></li>`;
}

function wireMarkup(wire: Wire): Markup {
  switch (wire.kind) {
    case "whole":
      return html`<span class="wire" aria-hidden="true"></span>`;
    case "unknown":
      return html`<span class="wire unsure" aria-hidden="true"></span>`;
    case "cut":
      return html`<span class="wire cut"><span class="cut-label"><b><span aria-hidden="true">✂</span> cut</b><span>${figure(wire.missing)} of ${figure(wire.of)} last seen at ${wire.from}</span></span></span>`;
    default:
      return wire satisfies never;
  }
}

function stateOf({ verdict, kind, seen, expected }: HopResult): string {
  switch (verdict) {
    case "pass":
      return kind === "entry" ? "acked" : "seen";
    case "unknown":
      return "not known";
    case "fail":
      return seen < expected ? "missing" : "failing";
    default:
      return verdict satisfies never;
  }
}

/** A metric may show more than was expected, for other traffic counts too. */
function metricChip(hop: HopResult): Markup {
  return html`
<span class="metric ${hop.verdict}">${hopIcon("metric")} ${hop.name} <b>${figure(hop.seen)}</b>, at least ${figure(hop.expected)} due ${verdictIcon(hop.verdict)} ${stateOf(hop)}</span>`;
}
