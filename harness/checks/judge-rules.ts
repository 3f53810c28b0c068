import type { Severity } from "../model/finding.ts";
import type { RoleName } from "../model/role.ts";
import type { Account } from "../model/settings/account.ts";
import { UNKNOWN_ACCOUNT } from "../model/settings/place.ts";
import type { Rule, RuleContext, RuleResult } from "./rule.ts";

/** What the rules say of the pipelines. */
export interface RulesJudgement {
  /** Each result once, however many pipelines share the resource. */
  readonly results: readonly JudgedResult[];
  /** Rules that judged nothing in a pipeline, and why; not a finding, but shown. */
  readonly off: readonly TurnedOff[];
}

export interface JudgedResult {
  readonly code: string;
  readonly severity: Severity;
  /** Names of the pipelines that it is about. */
  readonly pipelines: readonly string[];
  readonly result: JudgedRuleResult;
}

/** What a rule that judged something said. */
export type JudgedRuleResult = Exclude<RuleResult, { readonly verdict: "off" }>;

export interface TurnedOff {
  readonly code: string;
  readonly pipeline: string;
  /** Roles that the pipeline does not name; empty where it names them and the rule has nothing to judge there. */
  readonly missingRoles: readonly RoleName[];
  /** What to give so that it can be judged; undefined where nothing given would help. */
  readonly whatToGive: string | undefined;
}

/**
 * Every rule on every pipeline, in the order of the rules. A rule that throws is a defect of the harness: its result is unknown, and
 * no other rule suffers.
 */
export function judgeRules(account: Account, contexts: readonly RuleContext[], rules: readonly Rule[]): RulesJudgement {
  const results = new Map<string, JudgedResult>();
  const off: TurnedOff[] = [];
  for (const rule of rules) {
    for (const context of contexts) {
      const missingRoles = rule.needs.filter((role) => isMissing(context.roles[role]));
      const found = missingRoles.length > 0 ? [] : judgeRule(rule, account, context);
      const about = { code: rule.code, pipeline: context.pipeline, missingRoles };
      if (found.length === 0) off.push({ ...about, whatToGive: undefined });
      for (const result of found) {
        if (result.verdict === "off") off.push({ ...about, whatToGive: result.remedy });
        else add(results, rule, context.pipeline, result);
      }
    }
  }
  return { results: [...results.values()], off };
}

/** In words, for people. */
export function describeOff({ code, pipeline, missingRoles, whatToGive }: TurnedOff): string {
  if (whatToGive !== undefined) return `${code}: off for pipeline ${pipeline}: ${whatToGive}`;
  return missingRoles.length > 0
    ? `${code}: off for pipeline ${pipeline}, which names no ${missingRoles.join(", no ")}`
    : `${code}: nothing to judge in pipeline ${pipeline}`;
}

/** An output that is there and empty names nothing. */
function isMissing(reference: string | undefined): boolean {
  return reference === undefined || reference === "";
}

function judgeRule(rule: Rule, account: Account, context: RuleContext): readonly RuleResult[] {
  try {
    const results = rule.judge(account, context);
    return context.accountId === UNKNOWN_ACCOUNT ? results.map(inDoubt) : results;
  } catch (error) {
    return [
      {
        verdict: "unknown",
        subject: `pipeline ${context.pipeline}`,
        statement: `The rule ${rule.code} failed.`,
        evidence: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
        remedy: "This is a defect of the harness: report it with the journal of this run.",
      },
    ];
  }
}

/** ARNs that were written without the account fit no policy: what then seems broken may be whole. */
function inDoubt(result: RuleResult): RuleResult {
  if (result.verdict !== "fail") return result;
  const { subject, statement, evidence, cause } = result;
  return {
    verdict: "unknown",
    subject,
    statement: `Which account the stack is in is not known; without it: ${statement}`,
    evidence: [...evidence, cause],
    remedy: "Add an output account_id, or pass the Terraform state, and run again.",
  };
}

/** One broken thing may cut other wires in each pipeline that shares it, and is still one. */
function add(
  results: Map<string, JudgedResult>,
  { code, severity }: Rule,
  pipeline: string,
  result: JudgedRuleResult,
): void {
  const key = JSON.stringify([code, result.verdict === "fail" ? { ...result, cuts: [] } : result]);
  const known = results.get(key);
  const pipelines = [...new Set([...(known?.pipelines ?? []), pipeline])];
  if (result.verdict !== "fail" || known?.result.verdict !== "fail")
    results.set(key, { code, severity, pipelines, result });
  else {
    const cuts = [...new Set([...known.result.cuts, ...result.cuts])];
    results.set(key, { code, severity, pipelines, result: { ...known.result, cuts } });
  }
}
