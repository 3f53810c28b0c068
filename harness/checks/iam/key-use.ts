import type { Account } from "../../model/settings/account.ts";
import type { FunctionSetting } from "../../model/settings/function-setting.ts";
import type { KeySetting, PolicyDocument, RoleSetting } from "../../model/settings/identity-setting.ts";
import { settingOf } from "../judging.ts";
import type { RuleContext } from "../rule.ts";
import { callOfFunction, throughService } from "./calls.ts";
import { decide } from "./decide.ts";
import { may } from "./may.ts";
import { keyPolicy, policiesOfResource, policiesOfRole } from "./policies.ts";
import type { AccessRequest, Denied } from "./request.ts";
import { unresolvedPrincipals } from "./unresolved-principals.ts";

/** Whether somebody may use a key. */
export type KeyUse =
  | { readonly kind: "allowed"; readonly by: string }
  | { readonly kind: "denied"; readonly denied: Denied }
  /** Denied because the statement that is meant for it names somebody who does not exist: `key.principal-unresolved` says so. */
  | { readonly kind: "principal-unresolved" };

export interface FunctionWithRole {
  readonly fn: FunctionSetting;
  readonly role: RoleSetting;
}

/** Null where one of the two does not exist: that is not for a rule about permissions to say. @throws CannotTell */
export function functionWithRole(account: Account, name: string): FunctionWithRole | null {
  const fn = settingOf(account, "function", name);
  if (fn === null) return null;
  const role = settingOf(account, "role", fn.roleArn);
  return role === null ? null : { fn, role };
}

/** What KMS says to a request. `role` null: it comes from a service. @throws CannotTell */
export function keyUse(
  request: AccessRequest,
  role: RoleSetting | null,
  key: KeySetting,
  account: Account,
  context: RuleContext,
): KeyUse {
  const policiesWith = (setting: KeySetting) =>
    role === null ? policiesOfResource(keyPolicy(setting)) : policiesOfRole(role, keyPolicy(setting));
  const decision = decide(request, policiesWith(key));
  if (decision.kind === "allowed") return decision;
  const resolved = { ...key, policy: withResolved(key.policy, request, account, context) };
  const isUnresolved = may(request, policiesWith(resolved)).kind === "allowed";
  return isUnresolved ? { kind: "principal-unresolved" } : { kind: "denied", denied: decision };
}

/** A stream's key, in the name of the function that writes to the stream or reads it. */
export function streamKeyUse(
  access: "write" | "read",
  { fn, role }: FunctionWithRole,
  streamArn: string,
  key: KeySetting,
  account: Account,
  context: RuleContext,
): KeyUse {
  const asked = {
    action: access === "write" ? "kms:GenerateDataKey" : "kms:Decrypt",
    resourceArn: key.arn,
    context: throughService("kinesis", { "aws:kinesis:arn": streamArn }, context),
  };
  return keyUse(callOfFunction(role, fn, asked, context), role, key, account, context);
}

/** A function's variables, which Lambda decrypts in the name of the function's role. */
export function variablesKeyUse(
  { fn, role }: FunctionWithRole,
  key: KeySetting,
  account: Account,
  context: RuleContext,
): KeyUse {
  const asked = {
    action: "kms:Decrypt",
    resourceArn: key.arn,
    context: throughService("lambda", { "aws:lambda:FunctionArn": fn.arn }, context),
  };
  return keyUse(callOfFunction(role, fn, asked, context), role, key, account, context);
}

/** The policy as it is meant: the caller in place of every principal that does not exist. */
function withResolved(
  policy: PolicyDocument,
  { principal }: AccessRequest,
  account: Account,
  context: RuleContext,
): PolicyDocument {
  const unresolved = new Set(unresolvedPrincipals(policy, account, context).map((each) => each.principal));
  const names = namesOf(principal, context);
  const meant = (principals: Readonly<Record<string, readonly string[]>>) =>
    Object.fromEntries(
      Object.entries(principals).map(([type, values]) => [
        type,
        values.flatMap((value) => (unresolved.has(value) ? names : [value])),
      ]),
    );
  return {
    ...policy,
    statements: policy.statements.map((statement) => ({ ...statement, principals: meant(statement.principals) })),
  };
}

function namesOf(principal: AccessRequest["principal"], { partition, accountId }: RuleContext): readonly string[] {
  switch (principal.kind) {
    case "role":
      return [principal.arn, `arn:${partition}:iam::${accountId}:root`];
    case "service":
      return [principal.name];
    case "other-account":
    case "anonymous":
      return [];
    default:
      return principal satisfies never;
  }
}
