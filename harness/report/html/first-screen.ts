import type { Report } from "../../model/report.ts";
import type { Verdict } from "../../model/verdict.ts";
import { badness } from "../../model/verdict.ts";
import { duration, figure, moment } from "../figures.ts";
import { ofVerdict } from "../finding-words.ts";
import { headlineOf } from "../headline.ts";
import { describeTarget } from "../words.ts";
import { verdictIcon } from "./icons.ts";
import { html, type Markup, nothing } from "./markup.ts";
import { pipelineFigure } from "./pipeline.ts";

/** The verdict in a sentence; of what, when and how long. */
export function verdictHeader(report: Report): Markup {
  const { run, verdict, findings, events } = report;
  const many = (name: Verdict): number => ofVerdict(findings, name).length;
  return html`<header class="verdict ${verdict}">
<p class="kind">${verdictIcon(verdict)} <b>${verdict}</b> <span>stackproof ${run.kind}${run.interrupted ? ", interrupted before its end" : ""}</span></p>
<h1>${headlineOf(report)}</h1>
<p>${describeTarget(run)}</p>
<p><time datetime="${run.startedAt}">${moment(run.startedAt)}</time>, ${duration(run.durationMs)}, run <code>${run.id}</code></p>
<ul class="tiles">${[
    tile(events.acked, "acked"),
    tile(events.arrived, "arrived"),
    tile(events.lost, "lost"),
    ...(events.unaccounted > 0 ? [tile(events.unaccounted, "not accounted for")] : []),
    tile(events.duplicated, "duplicated"),
    tile(many("fail"), "failing"),
    tile(many("unknown"), "unknown"),
    tile(many("pass"), "passing"),
  ]}</ul>
</header>
`;
}

function tile(value: number, name: string): Markup {
  return html`<li class="${value === 0 ? "none" : "some"}"><b>${figure(value)}</b> ${name}</li>`;
}

/** Every pipeline, drawn; those that fail first. */
export function pipelinesSection(report: Report): Markup {
  if (report.scenarios.length === 0) return nothing;
  const scenarios = report.scenarios.toSorted((a, b) => badness(b.verdict) - badness(a.verdict));
  return html`<section aria-labelledby="pipelines">
<h2 id="pipelines">The way of the events</h2>
${scenarios.map((scenario, index) => pipelineFigure(scenario, `pipeline-${index}`))}</section>
`;
}
