import type { Finding } from "../model/finding.ts";
import type { Report, ScenarioResult } from "../model/report.ts";
import type { Verdict } from "../model/verdict.ts";
import { withoutControlCharacters } from "./control-characters.ts";
import { escapeMarkup } from "./escape-markup.ts";
import { describeCounts, describeDuration, describeLatency, describeSeen, describeTarget } from "./words.ts";

const SIGN: Readonly<Record<Verdict, string>> = { pass: "✅ pass", unknown: "❔ unknown", fail: "❌ fail" };

/** A short summary in GitHub-flavoured Markdown, for a job's summary or a comment. */
export function renderMarkdown(report: Report): string {
  const { run } = report;
  const problems = report.findings.filter(({ verdict }) => verdict !== "pass");
  const interrupted = run.interrupted ? " (interrupted)" : "";
  const blocks = [
    `# ${SIGN[report.verdict]}: ${run.kind} ${escapeCell(run.id)}${interrupted}`,
    `${escapeCell(describeTarget(run))}. ${describeDuration(run.durationMs)}. ${describeCounts(report.events)}.`,
    table(
      ["scenario", "verdict", "hops", "events", "latency"],
      report.scenarios.map((scenario) => [
        escapeCell(scenario.name),
        SIGN[scenario.verdict],
        escapeCell(hopsOf(scenario)),
        describeCounts(scenario.events),
        describeLatency(scenario.latency),
      ]),
    ),
    ...(problems.length === 0 ? [] : [table(["verdict", "finding", "what", "cause", "to do"], problems.map(row))]),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function hopsOf({ hops }: ScenarioResult): string {
  const marks: Readonly<Record<Verdict, string>> = { pass: "", unknown: " ?", fail: " ✗" };
  return hops.map((hop) => `${hop.name} ${describeSeen(hop)}${marks[hop.verdict]}`).join(" → ");
}

function row(finding: Finding): string[] {
  return [
    SIGN[finding.verdict],
    `${escapeCell(finding.code)}<br>${escapeCell(finding.subject)}`,
    escapeCell(finding.statement),
    escapeCell(finding.verdict === "fail" ? finding.cause : ""),
    escapeCell(finding.verdict === "pass" ? "" : finding.remedy),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Text as it may stand in a cell: no markup, no new line, no end of the cell, no mention of a user. */
function escapeCell(text: string): string {
  return escapeMarkup(withoutControlCharacters(text))
    .replaceAll(/[\\`*_{}[\]|~]/g, "\\$&")
    .replaceAll("@", "@&#8203;");
}
