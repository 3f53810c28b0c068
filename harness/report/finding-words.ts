import type { Finding, Remedy } from "../model/finding.ts";
import type { Verdict } from "../model/verdict.ts";

/** What every form of the report says of a finding in the same way. */

export function ofVerdict(findings: readonly Finding[], verdict: Verdict): Finding[] {
  return findings.filter((finding) => finding.verdict === verdict);
}

/** What passed, by scenario, in their order. */
export function passedByScenario(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const passed = new Map<string, Finding[]>();
  for (const finding of ofVerdict(findings, "pass")) {
    const own = passed.get(finding.scenario) ?? [];
    passed.set(finding.scenario, own);
    own.push(finding);
  }
  return passed;
}

/** The Terraform of a remedy, under the resource to change where that is known by its address. */
export function terraformOf({ terraform }: Remedy): string | undefined {
  if (terraform === undefined) return undefined;
  return terraform.address === undefined ? terraform.hcl : `# ${terraform.address}\n${terraform.hcl}`;
}

interface Advice {
  readonly label: string;
  readonly text: string;
  readonly terraform?: string | undefined;
}

/** Why a finding did not pass and what to do; nothing for one that passed. */
export function adviceOf(finding: Finding): readonly Advice[] {
  if (finding.verdict === "pass") return [];
  const { cause, remedy } = finding;
  const toDo = { text: remedy.text, terraform: terraformOf(remedy) };
  return cause === null
    ? [{ label: "To know it", ...toDo }]
    : [
        { label: "Why", text: cause },
        { label: "To do", ...toDo },
      ];
}

/** All that was seen, for plain text: what shows the cause, then each consequence with what shows it. */
export function seenLines({ evidence, consequences }: Finding): readonly string[] {
  return [
    ...evidence,
    ...consequences.flatMap((one) => [`so ${one.code} at ${one.subject}: ${one.statement}`, ...one.evidence]),
  ];
}
