import type { Recommendation } from "../../../model/load-report.ts";
import { dollars, figure } from "../../figures.ts";
import { dataTable, words } from "../charts/figure.ts";
import { codeBlock } from "../findings.ts";
import { verdictIcon } from "../icons.ts";
import { html, type Markup, nothing } from "../markup.ts";

/** What to change for the wanted rate, whether that was proven, and what it costs. */
export function sizingMarkup(recommendation: Recommendation): Markup {
  const { targetEventsPerSecond, tfvars, changes, byHand, monthlyCost } = recommendation;
  const rows = changes.map(({ variable, before, after, why }) => [
    words(html`<code>${variable}</code>`),
    words(before),
    words(html`<b>${after}</b>`),
    { text: why, kind: "why" } as const,
  ]);
  const head = [words("variable"), words("now"), words("then"), { text: "why", kind: "why" } as const];
  return html`<h3>For ${figure(targetEventsPerSecond)} events/s</h3>
${proofMarkup(recommendation)}
${rows.length === 0 ? html`<p>No variable needs to change.</p>` : dataTable("Changes of variables", head, rows)}
${tfvars.trim() === "" ? nothing : codeBlock(tfvars.trimEnd(), "Terraform variables")}
${byHand.length === 0 ? nothing : html`<h4>By hand</h4><ul>${byHand.map((line) => html`<li>${line}</li>`)}</ul>`}
${costMarkup(monthlyCost)}`;
}

function proofMarkup({ proof }: Recommendation): Markup {
  switch (proof.kind) {
    case "not-run":
      return html`<p class="unknown">${verdictIcon("unknown")} Not proven: ${proof.reason}</p>`;
    case "held":
      return html`<p class="pass">${verdictIcon("pass")} Proven at ${figure(proof.eventsPerSecond)} events/s: ${proof.statement}</p>`;
    case "not-held":
      return html`<p class="fail">${verdictIcon("fail")} Tried at ${figure(proof.eventsPerSecond)} events/s and did not hold: ${proof.statement}</p>`;
    default:
      return proof satisfies never;
  }
}

function differenceOf(beforeUsd: number, afterUsd: number): string {
  const difference = dollars(Math.abs(afterUsd - beforeUsd));
  if (difference === dollars(0)) return "the same";
  return `${afterUsd > beforeUsd ? "+" : "−"}${difference}`;
}

/** Cost before and after, with a bar for each so that the big items are seen at once. */
function costMarkup({ beforeUsd, afterUsd, pricesAsOf, lines, assumptions }: Recommendation["monthlyCost"]): Markup {
  const most = Math.max(0.01, ...lines.flatMap((line) => [line.beforeUsd, line.afterUsd]));
  const bar = (usd: number, kind: string): Markup =>
    html`<span class="bar ${kind}" style="width:${Math.round((usd / most) * 1000) / 10}%"></span>`;
  return html`<h4>What it costs</h4>
<p><b>${dollars(beforeUsd)}</b> a month now, <b>${dollars(afterUsd)}</b> then (${differenceOf(beforeUsd, afterUsd)}). <span class="quiet">Prices as of ${pricesAsOf}.</span></p>
<div class="scroll" tabindex="0" role="group" aria-label="Monthly cost"><table><thead><tr><th scope="col">item</th><th scope="col" class="n">now</th><th scope="col" class="n">then</th><th scope="col" class="strip-head">now, then</th></tr></thead>
<tbody>${lines.map(
    ({ item, beforeUsd: now, afterUsd: then }) => html`
<tr><th scope="row">${item}</th><td class="n">${dollars(now)}</td><td class="n">${dollars(then)}</td><td class="strip">${bar(now, "before")}${bar(then, "after")}</td></tr>`,
  )}</tbody>
<tfoot><tr><th scope="row">together</th><td class="n">${dollars(beforeUsd)}</td><td class="n">${dollars(afterUsd)}</td><td></td></tr></tfoot></table></div>
${assumptions.length === 0 ? nothing : html`<ul class="quiet">${assumptions.map((line) => html`<li>${line}</li>`)}</ul>`}`;
}
