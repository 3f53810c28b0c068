import type { Account } from "../model/settings/account.ts";
import type { SettingKind, SettingOf } from "../model/settings/setting.ts";
import { STATE_SUBJECT, type StateSetting } from "../model/settings/state-setting.ts";
import type { Decision, Denied } from "./iam/request.ts";
import { notKnown, notKnownFromTerraform } from "./not-known.ts";
import type { Judged, RuleResult } from "./rule.ts";

/** Thrown inside `judging` where the settings that were read do not decide; `result` is then what is said of the subject. */
export class CannotTell extends Error {
  readonly result: Judged;

  constructor(result: Judged) {
    super(result.statement);
    this.name = "CannotTell";
    this.result = result;
  }
}

/** For what no setting that is read could tell. */
export function cannotTell(statement: string, remedy: string): CannotTell {
  return new CannotTell({ verdict: "unknown", statement, evidence: [], remedy });
}

/**
 * Judges one subject. `judge` reads the settings that it needs by `settingOf`, `existing` and `fromTerraform`, which end it where
 * they cannot be had; it returns null where the rule has nothing to say of the subject.
 */
export function judging(subject: string, judge: () => Judged | null): readonly RuleResult[] {
  return readingFirst(subject, judge, (result) => [{ ...result, subject }]);
}

/** For a subject that is known only once something was read: where that cannot be had, `subject` gets the result. */
export function readingFirst<Value>(
  subject: string,
  read: () => Value | null,
  judge: (value: Value) => readonly RuleResult[],
): readonly RuleResult[] {
  const value = attempt(read);
  if (value === null) return [];
  return value instanceof CannotTell ? [{ ...value.result, subject }] : judge(value);
}

/** What `read` returns, or why it cannot: for what matters only where nothing else decides. */
export function attempt<Value>(read: () => Value): Value | CannotTell {
  try {
    return read();
  } catch (error) {
    if (error instanceof CannotTell) return error;
    throw error;
  }
}

/** The rule holds. */
export function passes(statement: string, evidence: readonly string[]): Judged {
  return { verdict: "pass", statement, evidence };
}

/**
 * A setting that a rule needs, by any of its names; null where the account says that there is no such thing.
 *
 * @param what The setting in words: `the listeners of load balancer web`.
 * @throws CannotTell where it was not read.
 */
export function settingOf<Kind extends SettingKind>(
  account: Account,
  kind: Kind,
  reference: string,
  what = `${kind.replaceAll("-", " ")} ${reference}`,
): SettingOf<Kind> | null {
  const looked = account.look(kind, reference);
  if (looked.kind === "read") return looked.setting;
  if (looked.kind === "absent") return null;
  throw new CannotTell(notKnown(what, looked));
}

/** As `settingOf`, for what another rule judges where it does not exist. @throws CannotTell where it does not exist, too. */
export function existing<Kind extends SettingKind>(
  account: Account,
  kind: Kind,
  reference: string,
  what?: string,
): SettingOf<Kind> {
  const setting = settingOf(account, kind, reference, what);
  if (setting === null)
    throw new CannotTell(notKnown(what ?? `${kind.replaceAll("-", " ")} ${reference}`, { kind: "absent" }));
  return setting;
}

/**
 * What Terraform's state, folder or build has of something that a rule needs.
 *
 * @param what What it is read for: `whether bucket content has force_destroy`.
 * @param whatToGive How it comes to stackproof.
 * @param known Evidence of what the account shows without it.
 * @throws CannotTell
 */
export function fromTerraform<Kind extends StateSetting["kind"]>(
  account: Account,
  kind: Kind,
  what: string,
  whatToGive: string,
  known?: readonly string[],
): SettingOf<Kind> {
  const looked = account.look(kind, STATE_SUBJECT);
  if (looked.kind === "read") return looked.setting;
  throw new CannotTell(notKnownFromTerraform(what, looked, whatToGive, known));
}

/**
 * Ends judging where one of the decisions hangs on what is not known.
 *
 * @param what What cannot be told then: `Whether role web may write to the table`.
 * @throws CannotTell
 */
export function mustBeDecided(
  decisions: readonly Decision[],
  what: string,
  remedy = "Look at that condition yourself.",
): void {
  const undecided = decisions.find((decision) => decision.kind === "undecidable");
  if (undecided !== undefined) throw cannotTell(`${what} cannot be told: ${undecided.because}.`, remedy);
}

/** Why a request is denied, and what all but allows it, for a result's evidence. */
export function evidenceOf({ reason, nearMisses }: Denied): readonly string[] {
  return [reason, ...nearMisses];
}

/** The same in one sentence, for a cause. */
export function becauseOf(denied: Denied): string {
  return evidenceOf(denied).join("; ");
}
