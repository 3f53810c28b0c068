import type { Finding, Remedy } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import type { Verdict } from "../model/verdict.ts";
import { withoutControlCharacters } from "./control-characters.ts";
import { escapeMarkup } from "./escape-markup.ts";
import { ofVerdict, seenLines, terraformOf } from "./finding-words.ts";

/**
 * JUnit XML, as CI systems read it: a test suite per scenario, a test case per finding. A failing finding is a `failure`; an
 * unknown one is an `error`, for the test could not say. Case names are unique within their suite.
 */
export function renderJunit(report: Report): string {
  const names = [
    ...new Set([...report.scenarios.map(({ name }) => name), ...report.findings.map(({ scenario }) => scenario)]),
  ];
  const totals = tally(report.findings);
  const suites = names.map((name) => suite(name, report));
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: `stackproof ${report.run.kind} ${report.run.id}`, ...totals, time: seconds(report.run.durationMs) })}>`,
    ...suites,
    "</testsuites>",
  ].join("\n")}\n`;
}

function suite(name: string, report: Report): string {
  const findings = report.findings.filter(({ scenario }) => scenario === name);
  const durationMs = report.scenarios.find((scenario) => scenario.name === name)?.durationMs ?? 0;
  const timestamp = report.run.startedAt.replace(/\.\d+Z$/, "");
  const names = new Map<string, number>();
  const cases = findings.map((finding) => {
    const base = `${finding.code} ${finding.subject}`;
    const times = (names.get(base) ?? 0) + 1;
    names.set(base, times);
    return testCase(finding, times === 1 ? base : `${base} (${times})`);
  });
  const head = attributes({ name, ...tally(findings), skipped: "0", time: seconds(durationMs), timestamp });
  return [`  <testsuite${head}>`, ...cases, "  </testsuite>"].join("\n");
}

function testCase(finding: Finding, name: string): string {
  const head = attributes({ classname: finding.scenario, name, time: "0" });
  switch (finding.verdict) {
    case "pass":
      return [
        `    <testcase${head}>`,
        `      <system-out>${text([finding.statement, ...seenLines(finding)])}</system-out>`,
        "    </testcase>",
      ].join("\n");
    case "unknown":
      return problem(head, "error", finding, toDo(finding.remedy));
    case "fail":
      return problem(head, "failure", finding, [`cause: ${finding.cause}`, ...toDo(finding.remedy)]);
    default:
      return finding satisfies never;
  }
}

function toDo(remedy: Remedy): string[] {
  return [`to do: ${remedy.text}`, ...(terraformOf(remedy)?.split("\n") ?? [])];
}

function problem(head: string, element: "error" | "failure", finding: Finding, advice: readonly string[]): string {
  const body = text([finding.statement, ...advice, ...seenLines(finding).map((line) => `seen: ${line}`)]);
  const about = attributes({ message: finding.statement, type: finding.code });
  return [`    <testcase${head}>`, `      <${element}${about}>${body}</${element}>`, "    </testcase>"].join("\n");
}

function tally(findings: readonly Finding[]): Record<"tests" | "failures" | "errors", string> {
  const many = (verdict: Verdict): string => String(ofVerdict(findings, verdict).length);
  return { tests: String(findings.length), failures: many("fail"), errors: many("unknown") };
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeMarkup(withoutControlCharacters(value))}"`)
    .join("");
}

function text(lines: readonly string[]): string {
  return lines.map((line) => escapeMarkup(withoutControlCharacters(line))).join("\n");
}

function seconds(durationMs: number): string {
  return (durationMs / 1000).toFixed(3);
}
