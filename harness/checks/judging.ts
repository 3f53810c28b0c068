import type { Account } from "../model/settings/account.ts";
import type { SettingKind, SettingOf } from "../model/settings/setting.ts";
import { subjectOf } from "../model/settings/subject.ts";
import type { Denied } from "./iam/request.ts";
import { type NotRead, notKnown } from "./not-known.ts";
import type { RuleContext, RuleResult, RuleUnknown } from "./rule.ts";

/** Thrown inside `judging` where the settings that were read do not decide; the subject's result is then unknown. */
export class CannotTell extends Error {
  readonly resultFor: (subject: string) => RuleUnknown;

  constructor(statement: string, resultFor: (subject: string) => RuleUnknown) {
    super(statement);
    this.name = "CannotTell";
    this.resultFor = resultFor;
  }
}

/** For what no setting that is read could tell. */
export function cannotTell(statement: string, remedy: string): CannotTell {
  return new CannotTell(statement, (subject) => ({ verdict: "unknown", subject, statement, evidence: [], remedy }));
}

/** Judges one subject. No result where the rule has nothing to say of it. */
export function judging(subject: string, judge: () => RuleResult | null): readonly RuleResult[] {
  try {
    const result = judge();
    return result === null ? [] : [result];
  } catch (error) {
    if (error instanceof CannotTell) return [error.resultFor(subject)];
    throw error;
  }
}

/**
 * A setting that a rule needs, by any of its names; null where the account says that there is no such thing.
 *
 * @throws CannotTell where it was not read.
 */
export function settingOf<Kind extends SettingKind>(
  account: Account,
  context: RuleContext,
  kind: Kind,
  reference: string,
): SettingOf<Kind> | null {
  const looked = account.look(kind, subjectOf(kind, reference, context));
  if (looked.kind === "read") return looked.setting;
  if (looked.kind === "absent") return null;
  throw unread(`${kind.replaceAll("-", " ")} ${reference}`, looked);
}

/** Why a request is denied, and what all but allows it, for a result's evidence. */
export function evidenceOf({ reason, nearMisses }: Denied): readonly string[] {
  return [reason, ...nearMisses];
}

/** The same in one sentence, for a cause. */
export function becauseOf({ reason, nearMisses }: Denied): string {
  return [reason, ...nearMisses].join("; ");
}

function unread(what: string, looked: NotRead): CannotTell {
  return new CannotTell(`${what} was not read`, (subject) => notKnown(subject, what, looked));
}
