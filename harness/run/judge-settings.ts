import { RULES } from "../checks/catalogue/index.ts";
import { describeOff, type JudgedResult, judgeRules, type TurnedOff } from "../checks/judge-rules.ts";
import type { RuleContext } from "../checks/rule.ts";
import type { BrokenRule, SeenFailure } from "../diagnose/explain.ts";
import type { Fact, RunStarted } from "../model/fact.ts";
import { type Consequence, type Finding, failingFinding, passingFinding, unknownFinding } from "../model/finding.ts";
import type { Scenario } from "../model/scenario.ts";
import type { Account } from "../model/settings/account.ts";
import { placeOf } from "../model/settings/place.ts";

/** The name of the settings in the list of scenarios: a setting may be about several scenarios. */
const SETTINGS = "settings";

export interface JudgedSettings {
  readonly results: readonly JudgedResult[];
  /** What no pipeline let a rule judge, one sentence for each rule. */
  readonly notChecked: readonly string[];
}

/** What the rules say of the settings that were read; nothing where none were (the run did not ask, or was stopped before). */
export function judgeSettings(started: RunStarted, facts: readonly Fact[], account: Account): JudgedSettings {
  const asked = facts.some(({ fact }) => fact === "setting" || fact === "setting-absent" || fact === "setting-unread");
  if (!asked) return { results: [], notChecked: [] };
  const pipelines = new Map(started.scenarios.map((scenario) => [scenario.pipeline, scenario]));
  const contexts = [...pipelines.values()].map((scenario) => contextOf(scenario, started));
  const { results, off } = judgeRules(account, contexts, RULES);
  return { results, notChecked: notCheckedBy(results, off) };
}

/** A rule that judged something in one pipeline has been checked; of the others, why not: those that lack a role in one sentence. */
function notCheckedBy(results: readonly JudgedResult[], off: readonly TurnedOff[]): string[] {
  const judged = new Set(results.map(({ code }) => code));
  const open = off.filter(({ code }) => !judged.has(code));
  const wanting = new Map(open.filter(({ whatToGive }) => whatToGive !== undefined).map((one) => [one.code, one]));
  const lacking = new Set(
    open.filter(({ code, missingRoles }) => missingRoles.length > 0 && !wanting.has(code)).map(({ code }) => code),
  );
  return [
    ...[...wanting.values()].map(describeOff),
    ...(lacking.size === 0 ? [] : [`no pipeline of this run has the parts for ${[...lacking].join(", ")}`]),
  ];
}

function contextOf(scenario: Scenario, { target }: RunStarted): RuleContext {
  const { entry, pipeline, roles } = scenario;
  return {
    pipeline,
    entryKind: entry.kind === "http" ? entry.via : "s3",
    entryRequest: entry.kind === "http" ? { method: entry.method, url: entry.url } : undefined,
    roles,
    ...placeOf(target),
  };
}

/** The rules that do not hold, for the diagnosis, in the order of the results. */
export function brokenRules(results: readonly JudgedResult[]): BrokenRule[] {
  return results.flatMap(({ code, pipelines, result }) =>
    result.verdict === "fail" ? [{ code, pipelines, result }] : [],
  );
}

/** A rule's result as a finding, with what events showed of it. */
export function findingOf({ code, severity, result }: JudgedResult, consequences: readonly SeenFailure[]): Finding {
  const { subject, statement, evidence } = result;
  const judged = { code, severity, scenario: SETTINGS, subject, statement, evidence };
  switch (result.verdict) {
    case "pass":
      return passingFinding(judged);
    case "unknown":
      return unknownFinding(judged, { text: result.remedy });
    case "fail": {
      const { cause, remedy, cuts } = result;
      return failingFinding(
        {
          ...judged,
          severity: cuts.length > 0 ? "flow" : severity,
          consequences: consequences.map(consequenceOf),
        },
        cause,
        remedy,
      );
    }
    default:
      return result satisfies never;
  }
}

/** A failure under its cause: as much of its evidence as a reader needs there. */
function consequenceOf({ failure }: SeenFailure): Consequence {
  const { code, subject, statement, evidence } = failure.observation;
  return { code, subject, statement, evidence: evidence.slice(0, 2) };
}
