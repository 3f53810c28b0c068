import type { Report } from "../../model/report.ts";
import { count, dollars, duration, figure } from "../figures.ts";
import { dataTable, number, words } from "./charts/figure.ts";
import { html, type Markup, nothing } from "./markup.ts";

/** What a canary's run asked of AWS and what that cost; nothing in other runs. */
export function canarySection({ canary }: Report): Markup {
  if (canary === undefined) return nothing;
  const { run, historyRuns, calls, pricesAsOf } = canary;
  const measured = (ms: number | null): string => (ms === null ? "not measured" : duration(ms));
  return html`<section aria-labelledby="canary">
<h2 id="canary">What the canary cost</h2>
<p>${count(run.calls, "AWS call")} for <b>${dollars(run.costUsd)}</b>. <span class="quiet">Prices as of ${pricesAsOf}.</span></p>
<p>To the sink: ${measured(run.sinkLatencyMs)}. Metrics came after: ${measured(run.metricsFreshnessMs)}. Judged with ${count(historyRuns, "earlier run")} of the same stack.</p>
<details><summary>The calls</summary>${dataTable(
    "AWS calls",
    [words("operation"), number("calls"), number("cost")],
    calls.map(({ operation, count: many, usd }) => [words(operation), number(figure(many)), number(dollars(usd))]),
  )}</details></section>
`;
}
