import type { Consequence, Finding } from "../../model/finding.ts";
import type { Report } from "../../model/report.ts";
import { count } from "../figures.ts";
import { adviceOf, ofVerdict, passedByScenario } from "../finding-words.ts";
import { badge, verdictIcon } from "./icons.ts";
import { codeText, html, type Markup, nothing } from "./markup.ts";

/** What failed and what is not known, worst first, each with its cause, its remedy and what follows from it. */
export function problemsSection({ findings }: Report): Markup {
  const failing = ofVerdict(findings, "fail");
  const problems = [...failing, ...ofVerdict(findings, "unknown")];
  if (problems.length === 0) return nothing;
  return html`<section aria-labelledby="problems">
<h2 id="problems">${failing.length === 0 ? "What is not known" : "What to mend"}</h2>
${problems.map(problemArticle)}</section>
`;
}

/** What passed, folded up: a list for each scenario with its number. */
export function provenSection({ findings }: Report): Markup {
  const proven = [...passedByScenario(findings)];
  if (proven.length === 0) return nothing;
  return html`<section aria-labelledby="proven">
<h2 id="proven">What was proven</h2>
${proven.map(
  ([
    name,
    own,
  ]) => html`<details class="proven"><summary>${verdictIcon("pass")} <b>${name}</b> <span class="quiet">${own.length} passing</span></summary>
<ul>${own.map(provenItem)}</ul></details>
`,
)}</section>
`;
}

/** What was not checked, and why: it is neither proven nor broken. */
export function notCheckedSection({ notChecked = [] }: Report): Markup {
  if (notChecked.length === 0) return nothing;
  return html`<section aria-labelledby="not-checked">
<h2 id="not-checked">What was not checked</h2>
<details class="proven"><summary>${verdictIcon("unknown")} ${count(notChecked.length, "check")} that had nothing to judge</summary>
<ul>${notChecked.map((sentence) => html`<li>${sentence}</li>`)}</ul></details></section>
`;
}

function provenItem({ code, subject, statement, evidence }: Finding): Markup {
  return html`<li>${statement} <span class="quiet"><code>${code}</code> ${subject}${evidence.length === 0 ? "" : `: ${evidence.join("; ")}`}</span></li>`;
}

function problemArticle(finding: Finding): Markup {
  const { verdict, code, subject, statement, evidence, consequences } = finding;
  return html`<article class="finding ${verdict}">
<header>${badge(verdict)}<code>${code}</code><span class="quiet">${subject}</span></header>
<h3>${statement}</h3>
${adviceList(finding)}${evidenceList(evidence)}${consequencesOf(consequences)}</article>
`;
}

/** The Terraform of a remedy is a block that one click selects. */
function adviceList(finding: Finding): Markup {
  const items = adviceOf(finding).map(
    ({ label, text, terraform }) =>
      html`<dt>${label}</dt><dd>${text}${terraform === undefined ? nothing : codeBlock(terraform, "Terraform")}</dd>`,
  );
  return html`<dl>${items}</dl>`;
}

/** Code that scrolls in itself on a small screen, so it can take the focus. */
export function codeBlock(code: string, name: string): Markup {
  return html`<pre tabindex="0" role="group" aria-label="${name}"><code>${codeText(code)}</code></pre>`;
}

function evidenceList(lines: readonly string[]): Markup {
  if (lines.length === 0) return nothing;
  return html`<div class="seen-there"><h4>Seen</h4><ul class="evidence">${lines.map((line) => html`<li>${line}</li>`)}</ul></div>`;
}

function consequencesOf(consequences: readonly Consequence[]): Markup {
  if (consequences.length === 0) return nothing;
  return html`<div class="follows"><h4>${count(consequences.length, "thing that follows", "things that follow")} from it</h4>
<ul>${consequences.map(
    ({ code, subject, statement, evidence }) =>
      html`<li>${statement} <span class="quiet"><code>${code}</code> ${subject}</span>${evidence.length === 0 ? nothing : html`<ul class="evidence">${evidence.map((line) => html`<li>${line}</li>`)}</ul>`}</li>`,
  )}</ul></div>`;
}
