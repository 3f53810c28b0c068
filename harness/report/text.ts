import type { Finding, Remedy } from "../model/finding.ts";
import type { HopResult, Report, ScenarioResult } from "../model/report.ts";
import type { Verdict } from "../model/verdict.ts";
import { type Colours, colourOf, plain } from "./colours.ts";
import { withoutControlCharacters } from "./control-characters.ts";
import { count } from "./figures.ts";
import { seenLines, terraformOf } from "./finding-words.ts";
import { loadBlock } from "./load-text.ts";
import {
  describeCalls,
  describeCounts,
  describeDuration,
  describeFindings,
  describeLatency,
  describeSeen,
  describeTarget,
} from "./words.ts";
import { hang, wrap } from "./wrap.ts";

const WIDTH = 80;
const MOST_EVIDENCE = 8;

/**
 * The report for a person at a terminal, 80 columns wide: each scenario with its hops on the way to the sink, its load, then what
 * failed with cause and remedy, then what is not known and what to do about it; the verdict last, where the eye is when a
 * command ends. What passed shows in the hops; report.json has it in full.
 */
export function renderText(report: Report, colours: Colours = plain): string {
  const blocks = [
    ...report.scenarios.map((scenario) => scenarioBlock(scenario, colours)),
    ...(report.loads ?? []).map((load) => loadBlock(load, WIDTH, colours)),
    ...report.findings.filter(({ verdict }) => verdict !== "pass").map((finding) => findingBlock(finding, colours)),
    verdictBlock(report, colours),
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function scenarioBlock(scenario: ScenarioResult, colours: Colours): string[] {
  const sentence = wrap(withoutControlCharacters(scenario.sentence), WIDTH - 2);
  return [
    `${label(scenario.verdict, colours)}  ${colours.bold(scenario.name)}  ${describeDuration(scenario.durationMs)}`,
    ...sentence.map((line) => `  ${line}`),
    ...chain(scenario.hops, colours),
    ...wrap(`${describeCounts(scenario.events)}.`, WIDTH - 2).map((line) => `  ${line}`),
    ...wrap(`${describeLatency(scenario.latency)}.`, WIDTH - 2).map((line) => colours.dim(`  ${line}`)),
  ];
}

/** `entry 12/12 → stream 7/12 ✗ → table 7/12 ?`, broken between hops. The length is counted before the colours are put on. */
function chain(hops: readonly HopResult[], colours: Colours): string[] {
  const lines: string[] = [];
  let line = "  ";
  let length = 2;
  hops.forEach((hop, index) => {
    const text = `${hop.name} ${describeSeen(hop)}${MARK[hop.verdict]}`;
    const arrow = index === 0 ? "" : "→ ";
    if (length + arrow.length + text.length > WIDTH && length > 2) {
      lines.push(line.trimEnd());
      line = "    ";
      length = 4;
    }
    line += `${arrow}${colourOf(hop.verdict, colours)(text)} `;
    length += arrow.length + text.length + 1;
  });
  return [...lines, line.trimEnd()];
}

function findingBlock(finding: Finding, colours: Colours): string[] {
  const heading = `${label(finding.verdict, colours)}  ${colours.bold(finding.code)}  ${clean(finding.subject)}`;
  const seen = seenLines(finding);
  const evidence = seen.slice(0, MOST_EVIDENCE).map(clean);
  if (seen.length > MOST_EVIDENCE)
    evidence.push(`and ${count(seen.length - MOST_EVIDENCE, "more line")} in report.json`);
  return [
    heading,
    ...hang("  ", clean(finding.statement), WIDTH),
    ...(finding.verdict === "fail" ? hang("  why     ", clean(finding.cause), WIDTH) : []),
    ...(finding.remedy === null ? [] : remedyLines(finding.remedy)),
    ...evidence.flatMap((text, index) => hang(index === 0 ? "  seen  - " : "        - ", text, WIDTH)).map(colours.dim),
  ];
}

/** The Terraform is not wrapped, so that it can be copied. */
function remedyLines(remedy: Remedy): string[] {
  const terraform = terraformOf(remedy)?.split("\n") ?? [];
  return [
    ...hang("  to do   ", clean(remedy.text), WIDTH),
    ...terraform.map((line) => `          ${clean(line)}`.trimEnd()),
  ];
}

function verdictBlock(report: Report, colours: Colours): string[] {
  const { run, verdict } = report;
  const counts = wrap(`${describeCounts(report.events)}; ${describeFindings(report)}.`, WIDTH - 2);
  const interrupted = run.interrupted ? " (interrupted)" : "";
  return [
    ...wrap(`${run.kind} of ${clean(describeTarget(run))}`, WIDTH),
    ...counts.map((line) => `  ${line}`),
    ...(report.notChecked ?? []).flatMap((text) => hang("  not checked: ", clean(text), WIDTH)).map(colours.dim),
    ...(report.canary === undefined ? [] : hang("  calls: ", clean(describeCalls(report.canary)), WIDTH)),
    `${label(verdict, colours)}  run ${run.id}${interrupted}, ${describeDuration(run.durationMs)}`,
  ];
}

const clean = withoutControlCharacters;

const MARK: Readonly<Record<Verdict, string>> = { pass: "", unknown: " ?", fail: " ✗" };

function label(verdict: Verdict, colours: Colours): string {
  return colours.bold(colourOf(verdict, colours)(verdict.toUpperCase()));
}
