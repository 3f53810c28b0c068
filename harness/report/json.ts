import type { CanaryReport } from "../model/canary-report.ts";
import type { Finding } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import type { ReportDocument } from "./schema.ts";

/** `report.json`: every finding has `cause` and `remedy`, null where there is none. Ends with a line feed. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(toDocument(report), null, 2)}\n`;
}

/** The report as the value that `report.json` holds, in the order of its schema. */
export function toDocument({
  version,
  run,
  verdict,
  scenarios,
  findings,
  events,
  latency,
  notChecked,
  canary,
  loads,
}: Report): ReportDocument {
  return {
    version,
    run: { ...run, target: { ...run.target } },
    verdict,
    scenarios: scenarios.map((scenario) => ({ ...scenario, hops: scenario.hops.map((hop) => ({ ...hop })) })),
    findings: findings.map(toFinding),
    events,
    latency,
    ...(notChecked === undefined ? {} : { notChecked: [...notChecked] }),
    ...(canary === undefined ? {} : { canary: canaryDocument(canary) }),
    ...(loads === undefined ? {} : { loads: [...loads] }),
  };
}

function canaryDocument({ run, calls, ...rest }: CanaryReport): NonNullable<ReportDocument["canary"]> {
  return { ...rest, run: { ...run, failing: [...run.failing] }, calls: calls.map((call) => ({ ...call })) };
}

function toFinding(finding: Finding): ReportDocument["findings"][number] {
  const { code, scenario, subject, statement } = finding;
  const evidence = [...finding.evidence];
  switch (finding.verdict) {
    case "pass":
      return { code, verdict: "pass", scenario, subject, statement, evidence, cause: null, remedy: null };
    case "unknown":
      return { code, verdict: "unknown", scenario, subject, statement, evidence, cause: null, remedy: finding.remedy };
    case "fail": {
      const { cause, remedy } = finding;
      return { code, verdict: "fail", scenario, subject, statement, evidence, cause, remedy };
    }
    default:
      return finding satisfies never;
  }
}
