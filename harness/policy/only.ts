import { CannotRun } from "../model/errors.ts";
import type { Finding } from "../model/finding.ts";
import { FINDING_CODES } from "../model/finding-code.ts";
import type { Scenario } from "../model/scenario.ts";
import { matchesGlob } from "../model/wildcard.ts";
import { meansCode } from "./former-codes.ts";

/** What `--only` leaves to run and to judge. */
export interface Selection {
  readonly scenarios: readonly Scenario[];
  /** Only findings whose code this glob matches are judged; null judges all. */
  readonly onlyFindings: string | null;
}

/**
 * A glob that matches scenario names runs those scenarios. Else, where it matches finding codes, everything runs and only those
 * findings are judged.
 * @throws CannotRun `only.matches-nothing` where it matches neither.
 */
export function selectOnly(
  scenarios: readonly Scenario[],
  only: string | undefined,
  ruleCodes: readonly string[],
): Selection {
  if (only === undefined) return { scenarios, onlyFindings: null };
  const named = scenarios.filter(({ name }) => matchesGlob(name, only));
  if (named.length > 0) return { scenarios: named, onlyFindings: null };
  const codes = [...Object.keys(FINDING_CODES), ...ruleCodes];
  if (codes.some((code) => meansCode(code, only))) return { scenarios, onlyFindings: only };
  throw new CannotRun({
    code: "only.matches-nothing",
    message: `No scenario and no finding code matches ${JSON.stringify(only)}`,
    place: "--only",
    remedy: `Name a scenario (${scenarios.map(({ name }) => name).join(", ")}) or a finding code (${codes.join(", ")}); * and ? are wildcards.`,
  });
}

/** The findings that `onlyFindings` leaves to judge. */
export function keepOnly(findings: readonly Finding[], onlyFindings: string | null): readonly Finding[] {
  return onlyFindings === null ? findings : findings.filter(({ code }) => meansCode(code, onlyFindings));
}
