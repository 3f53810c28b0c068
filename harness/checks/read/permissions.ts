import type { Fact, SettingRead } from "../../model/fact.ts";
import { objectsArn } from "../../model/hop.ts";
import { functionsOf, type Roles } from "../../model/role.ts";
import type { Entry } from "../../model/scenario.ts";
import { type Need, needsOn } from "../../model/settings/need.ts";
import { arnOf, type Place } from "../../model/settings/place.ts";
import { type AnySettingKind, isStateKind } from "../../model/settings/setting.ts";
import type { Target } from "../../model/settings/subject.ts";
import { READERS, targetsOfRoles } from "./readers.ts";

/** What may be read for these pipelines when only their roles are known: that includes any setting that others may name. */
export function anyTargets(roles: readonly Roles[], place: Place): Target[] {
  const linked = Object.values(READERS).filter(({ isLinked }) => isLinked);
  return [...roles.flatMap((of) => targetsOfRoles(of, place)), ...linked.map(({ kind }) => ({ kind, subject: "*" }))];
}

/** What a run has read from the account, or tried to: with it, the permissions are as narrow as possible. */
export function targetsOfFacts(facts: readonly Fact[]): Target[] {
  return facts.flatMap((fact): Target[] => {
    if (fact.fact === "setting") return targetOfKind(fact.setting.kind, permittedBy(fact));
    return fact.fact === "setting-absent" || fact.fact === "setting-unread"
      ? targetOfKind(fact.kind, fact.subject)
      : [];
  });
}

/** A key may have been read by an alias, but permissions are on keys. */
function permittedBy({ setting, subject }: SettingRead): string {
  return setting.kind === "key" ? setting.arn : subject;
}

/** Settings from Terraform need no permissions. */
function targetOfKind(kind: AnySettingKind, subject: string): Target[] {
  return isStateKind(kind) ? [] : [{ kind, subject }];
}

/** What the readers need. */
export function needsOfTargets(targets: readonly Target[], place: Place): readonly Need[] {
  return targets.flatMap(({ kind, subject }) => READERS[kind].needs(subject, place));
}

/** What sending through an entry needs: nothing for a public address. */
export function needsOfEntry(entry: Entry, place: Place): readonly Need[] {
  if (entry.kind === "http") return [];
  return needsOn(["s3:PutObject"], [objectsArn(entry.bucket, entry.key, place)]);
}

/** What is read about a pipeline's functions if events are missing: their error lines and metrics. */
export function needsOfClues(roles: Roles, place: Place): readonly Need[] {
  const groups = functionsOf(roles).map((name) => arnOf("logs", `log-group:/aws/lambda/${name}:*`, place));
  if (groups.length === 0) return [];
  return [...needsOn(["logs:FilterLogEvents"], groups), ...needsOn(["cloudwatch:GetMetricData"], ["*"])];
}

/** Using what keys protect: reading records, items and objects, and storing objects. */
export function needsOfKeys(keyArns: readonly string[]): readonly Need[] {
  return needsOn(["kms:Decrypt", "kms:GenerateDataKey"], keyArns);
}

/**
 * Reading the variables of functions: Lambda decrypts them in the caller's name, and where it may not, GetFunctionConfiguration answers
 * without them, with an error in their place.
 * docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
 */
export function needsOfVariables(keyArns: readonly string[]): readonly Need[] {
  return needsOn(["kms:Decrypt"], keyArns);
}
