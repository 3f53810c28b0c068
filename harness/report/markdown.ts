import type { Finding } from "../model/finding.ts";
import type { HopResult, Report, ScenarioResult } from "../model/report.ts";
import { count, dollars, duration, figure } from "./figures.ts";
import { adviceOf, ofVerdict, passedByScenario } from "./finding-words.ts";
import { headlineOf } from "./headline.ts";
import { loadMarkdown } from "./load-markdown.ts";
import { codeFence, escapeCell, escapeLine, folded, ICON, table } from "./markdown-text.ts";
import { stationsOf } from "./stations.ts";
import { describeCounts, describeDuration, describeSeen, describeTarget } from "./words.ts";

/** GitHub cuts a comment at 65,536 characters; what is left out is in report.html. */
const MOST_PROBLEMS = 20;
const MOST_EVIDENCE = 12;
const MOST_PASSING = 150;

/** The report in GitHub-flavoured Markdown, for a pull request or a job's summary: the verdict first, what passed folded up. */
export function renderMarkdown(report: Report): string {
  const { run, verdict, findings } = report;
  const problems = [...ofVerdict(findings, "fail"), ...ofVerdict(findings, "unknown")];
  const interrupted = run.interrupted ? ", interrupted" : "";
  const blocks = [
    `# ${ICON[verdict]} ${verdict}: ${escapeCell(headlineOf(report))}`,
    `${run.kind} of ${escapeCell(describeTarget(run))}. Run ${escapeCell(run.id)}, ${describeDuration(run.durationMs)}${interrupted}. ${describeCounts(report.events)}.`,
    ...(report.scenarios.length === 0 ? [] : [hopsTable(report.scenarios)]),
    ...(report.loads ?? []).map(loadMarkdown),
    ...problems.slice(0, MOST_PROBLEMS).map(problem),
    ...more(problems.length - MOST_PROBLEMS, "more finding"),
    ...passing(findings),
    ...notChecked(report),
    ...canary(report),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** A column for each scenario, from its entry down to its sink; scenarios share the rows of hops that have the same name. */
function hopsTable(scenarios: readonly ScenarioResult[]): string {
  const cellsOf = scenarios.map((scenario) => cellsByHop(scenario));
  return table(
    ["hop", ...scenarios.map(({ name, verdict }) => `${ICON[verdict]} ${escapeCell(name)}`)],
    [
      ...hopNames(scenarios).map((name) => [escapeCell(name), ...cellsOf.map((cells) => cells.get(name) ?? "")]),
      ["p50, p99 to the sink", ...scenarios.map(latencyCell)],
    ],
  );
}

function cellsByHop(scenario: ScenarioResult): Map<string, string> {
  const cells = new Map<string, string>();
  for (const { hop, wire, metrics } of stationsOf(scenario)) {
    const cut = wire.kind === "cut" ? ` ✂ **${wire.missing} last seen at ${escapeCell(wire.from)}**` : "";
    cells.set(hop.name, `${hopCell(hop)}${cut}`);
    for (const metric of metrics) cells.set(metric.name, hopCell(metric));
  }
  return cells;
}

function hopCell(hop: HopResult): string {
  return `${ICON[hop.verdict]} ${describeSeen(hop)}`;
}

function latencyCell({ latency }: ScenarioResult): string {
  return latency.kind === "none" ? "nothing arrived" : `${duration(latency.p50Ms)}, ${duration(latency.p99Ms)}`;
}

/** The names of all hops, each after those that come before it in its scenario. */
function hopNames(scenarios: readonly ScenarioResult[]): string[] {
  const names: string[] = [];
  for (const { hops } of scenarios) {
    let after = 0;
    for (const { name } of hops) {
      const at = names.indexOf(name);
      if (at < 0) names.splice(after, 0, name);
      after = (at < 0 ? after : Math.max(after, at)) + 1;
    }
  }
  return names;
}

function problem(finding: Finding): string {
  const { verdict, code, subject, statement, consequences } = finding;
  const follows = consequences.map(
    (one) => `- so ${escapeCell(one.statement)} (${escapeCell(`${one.code}, ${one.subject}`)})`,
  );
  const evidence = [...finding.evidence, ...consequences.flatMap((one) => one.evidence)];
  return [
    `### ${ICON[verdict]} ${escapeLine(statement)}`,
    `${escapeLine(code)}, ${escapeCell(subject)}`,
    ...adviceOf(finding).flatMap(({ label, text, terraform }) => [
      `**${label}:** ${escapeCell(text)}`,
      ...(terraform === undefined ? [] : [codeFence(terraform, "hcl")]),
    ]),
    ...(follows.length === 0 ? [] : [follows.join("\n")]),
    ...(evidence.length === 0 ? [] : [folded(`evidence (${evidence.length})`, listOf(evidence, MOST_EVIDENCE))]),
  ].join("\n\n");
}

function passing(findings: readonly Finding[]): string[] {
  let room = MOST_PASSING;
  return [...passedByScenario(findings)].map(([name, own]) => {
    const shown = Math.max(0, room);
    room -= own.length;
    const lines = own.map(({ code, statement }) => `${statement} (${code})`);
    return folded(`${ICON.pass} ${escapeCell(name)}: ${own.length} passing`, listOf(lines, shown));
  });
}

function notChecked({ notChecked: sentences = [] }: Report): string[] {
  return sentences.length === 0 ? [] : [folded(`not checked: ${sentences.length}`, listOf(sentences, MOST_EVIDENCE))];
}

function canary(report: Report): string[] {
  if (report.canary === undefined) return [];
  const { run, calls, historyRuns, pricesAsOf } = report.canary;
  const rows = calls.map(({ operation, count: many, usd }) => [escapeCell(operation), figure(many), dollars(usd)]);
  const summary = `${count(run.calls, "AWS call")} for ${dollars(run.costUsd)} (prices as of ${escapeCell(pricesAsOf)}); judged with ${count(historyRuns, "earlier run")}`;
  return [folded(summary, table(["operation", "calls", "cost"], rows))];
}

function listOf(lines: readonly string[], most: number): string {
  return [
    ...lines.slice(0, most).map((line) => `- ${escapeLine(line)}`),
    ...more(lines.length - most, "more line"),
  ].join("\n");
}

function more(many: number, what: string): string[] {
  return many <= 0 ? [] : [`- and ${count(many, what)} in report.html`];
}
