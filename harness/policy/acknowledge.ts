import type { Acknowledgement } from "../model/canary.ts";
import { type Finding, passingFinding } from "../model/finding.ts";
import { matchesGlob } from "../model/wildcard.ts";
import { meansCode } from "./former-codes.ts";

/** Findings, the failing ones that somebody has taken note of turned to passing, visibly. */
export interface Acknowledged {
  readonly findings: readonly Finding[];
  /** Those that matched a failure of this run but are over, as evidence for it. */
  readonly expired: readonly Acknowledgement[];
}

/**
 * Applies acknowledgements at a moment (milliseconds since the epoch). One that is over changes nothing but leaves a note in the
 * evidence, so that it is clear why a known failure is back.
 */
export function acknowledge(
  findings: readonly Finding[],
  acknowledgements: readonly Acknowledgement[],
  nowMs: number,
): Acknowledged {
  const expired = new Set<Acknowledgement>();
  const applied = findings.map((finding) => {
    if (finding.verdict !== "fail") return finding;
    const matching = acknowledgements.filter((known) => matches(finding, known));
    const valid = matching.find(({ until }) => Date.parse(until) > nowMs);
    if (valid !== undefined) return asKnown(finding, valid);
    for (const over of matching) expired.add(over);
    return matching.length === 0 ? finding : withNotes(finding, matching);
  });
  return { findings: applied, expired: [...expired] };
}

function matches({ code, subject }: Finding, known: Acknowledgement): boolean {
  return meansCode(code, known.code) && (known.subject === undefined || matchesGlob(subject, known.subject));
}

function asKnown(finding: Finding, { until, reason }: Acknowledgement): Finding {
  return passingFinding({ ...finding, statement: `Known until ${until} (${reason}): ${finding.statement}` });
}

function withNotes(finding: Finding, over: readonly Acknowledgement[]): Finding {
  const notes = over.map(({ until, reason }) => `it had been acknowledged until ${until} (${reason}), which is over`);
  return { ...finding, evidence: [...finding.evidence, ...notes] };
}
