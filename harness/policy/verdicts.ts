import type { Finding } from "../model/finding.ts";
import { badness, type Verdict, worstVerdict } from "../model/verdict.ts";

/** The worst of a scenario's findings; a scenario without a finding is unknown. */
export function scenarioVerdict(scenario: string, findings: readonly Finding[]): Verdict {
  return worstVerdict(findings.filter((finding) => finding.scenario === scenario).map(({ verdict }) => verdict));
}

/** The worst of all scenarios and of all findings, those of no scenario included; a run without a scenario is unknown. */
export function runVerdict(scenarios: readonly Verdict[], findings: readonly Finding[]): Verdict {
  return worstVerdict([worstVerdict(scenarios), ...findings.map(({ verdict }) => verdict)]);
}

/** Failing findings first, then unknown, then passing; otherwise in the order in which they were. */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((left, right) => badness(right.verdict) - badness(left.verdict));
}
