import type { Finding } from "../model/finding.ts";
import type { Report, ScenarioResult } from "../model/report.ts";
import { withoutControlCharacters } from "./control-characters.ts";
import { escapeMarkup } from "./escape-markup.ts";
import {
  describeCounts,
  describeDuration,
  describeFindings,
  describeLatency,
  describeSeen,
  describeTarget,
} from "./words.ts";

const STYLE = `
:root { color-scheme: light dark; --pass: #1a7f37; --unknown: #9a6700; --fail: #cf222e; }
@media (prefers-color-scheme: dark) { :root { --pass: #3fb950; --unknown: #d29922; --fail: #f85149; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.2; } section { margin: 2rem 0; }
.pass { color: var(--pass); } .unknown { color: var(--unknown); } .fail { color: var(--fail); }
ol.hops { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem; }
ol.hops li { border: 2px solid; border-radius: .4rem; padding: .2rem .6rem; }
ol.hops li + li::before { content: "→ "; } li, dd, p { overflow-wrap: anywhere; }
dt { font-weight: bold; } .evidence { font: 14px/1.5 ui-monospace, monospace; }`;

/** The report as one page that needs nothing but itself: no script, no network. */
export function renderHtml(report: Report): string {
  const { run, verdict } = report;
  const problems = report.findings.filter((finding) => finding.verdict !== "pass");
  const proven = report.findings.filter((finding) => finding.verdict === "pass");
  const title = `${verdict}: ${run.kind} ${run.id}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
<h1><span class="${verdict}">${verdict}</span> ${text(`${run.kind} ${run.id}`)}</h1>
<p>${text(describeTarget(run))}. Started ${text(run.startedAt)}, ${describeDuration(run.durationMs)}${run.interrupted ? ", interrupted" : ""}.</p>
<p>${text(`${describeCounts(report.events)}; ${describeFindings(report)}.`)}</p>
${report.scenarios.map(scenarioSection).join("\n")}
${findingsSection("What failed, and what is not known", problems)}
${findingsSection("What was proven", proven)}
</body>
</html>
`;
}

function scenarioSection(scenario: ScenarioResult): string {
  const hops = scenario.hops.map(
    (hop) =>
      `<li class="${hop.verdict}">${text(`${hop.name} ${describeSeen(hop)}`)} <small>${hop.verdict}</small></li>`,
  );
  return `<section>
<h2><span class="${scenario.verdict}">${scenario.verdict}</span> ${text(scenario.name)}</h2>
<p>${text(scenario.sentence)}</p>
<ol class="hops">${hops.join("")}</ol>
<p>${text(`${describeCounts(scenario.events)}; ${describeLatency(scenario.latency)}; ${describeDuration(scenario.durationMs)}.`)}</p>
</section>`;
}

function findingsSection(title: string, findings: readonly Finding[]): string {
  if (findings.length === 0) return "";
  return `<section>
<h2>${text(title)}</h2>
${findings.map(findingArticle).join("\n")}
</section>`;
}

function findingArticle(finding: Finding): string {
  const { verdict, code, subject, statement, evidence } = finding;
  const advice: [string, string][] = [];
  if (finding.verdict === "fail") advice.push(["Cause", finding.cause]);
  if (finding.verdict !== "pass") advice.push(["To do", finding.remedy]);
  const terms = advice.map(([term, words]) => `<dt>${term}</dt><dd>${text(words)}</dd>`).join("");
  return `<article>
<h3><span class="${verdict}">${verdict}</span> ${text(code)} <small>${text(subject)}</small></h3>
<p>${text(statement)}</p>
${terms === "" ? "" : `<dl>${terms}</dl>\n`}<ul class="evidence">${evidence.map((line) => `<li>${text(line)}</li>`).join("")}</ul>
</article>`;
}

function text(value: string): string {
  return escapeMarkup(withoutControlCharacters(value));
}
