import type { Report } from "../model/report.ts";
import { canarySection } from "./html/canary.ts";
import type { DrawChart } from "./html/charts/chart.ts";
import { notCheckedSection, problemsSection, provenSection } from "./html/findings.ts";
import { pipelinesSection, verdictHeader } from "./html/first-screen.ts";
import { latencySection } from "./html/latency.ts";
import { loadsSection } from "./html/load/section.ts";
import { html, trusted } from "./html/markup.ts";
import { STYLE } from "./html/style.ts";

/**
 * The report as one page that needs nothing but itself: no script, no network, no web font.
 *
 * @param drawChart Draws the charts of a load run; without it they are omitted and their figures are in tables.
 */
export function renderHtml(report: Report, drawChart?: DrawChart): string {
  const { run, verdict } = report;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${`${verdict}: ${run.kind} ${run.id}`}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<main id="main">
${verdictHeader(report)}${pipelinesSection(report)}${problemsSection(report)}${loadsSection(report, drawChart)}${canarySection(report)}${latencySection(report)}${provenSection(report)}${notCheckedSection(report)}</main>
<footer><p>Made by stackproof from <code>journal.ndjson</code> beside this page; <code>report.json</code> has the same for machines.</p></footer>
</body>
</html>
`.text;
}
