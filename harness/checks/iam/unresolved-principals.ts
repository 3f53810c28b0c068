import type { Account } from "../../model/settings/account.ts";
import type { PolicyDocument, PolicyStatement } from "../../model/settings/identity-setting.ts";
import type { Place } from "../../model/settings/place.ts";
import { matchesGlob } from "../../model/wildcard.ts";

/** A principal of a policy that does not exist. */
export interface UnresolvedPrincipal {
  readonly statement: string;
  readonly principal: string;
  readonly why: string;
}

/** Roles, users, groups, … that were deleted: policies show the id that they had. */
const UNIQUE_ID = /^A[A-Z0-9]{3}[A-Z0-9]{12,}$/;
const ARN = /^arn:([^:]*):(iam|sts):[^:]*:([^:]*):(.+)$/;

/**
 * Principals of a key's policy that do not exist: text that was never filled in, no account or a wrong one, a deleted role.
 * Other accounts may well be meant; one is taken for a mistake only where it stands in the place of this one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function unresolvedPrincipals(policy: PolicyDocument, account: Account, place: Place): UnresolvedPrincipal[] {
  return policy.statements.flatMap((statement, index) =>
    principalsOf(statement).flatMap((principal) => {
      const why = whyUnresolved(principal, policy, account, place);
      return why === null
        ? []
        : [{ statement: statement.sid === "" ? String(index + 1) : statement.sid, principal, why }];
    }),
  );
}

function principalsOf({ principals, notPrincipals }: PolicyStatement): string[] {
  return [...Object.values(principals), ...Object.values(notPrincipals)].flat();
}

function whyUnresolved(principal: string, policy: PolicyDocument, account: Account, place: Place): string | null {
  if (principal === "*") return null;
  if (principal.includes("${")) return "is an interpolation that was never filled in";
  if (principal.trim() === "") return "is empty";
  if (UNIQUE_ID.test(principal)) return "is the id of a role or user that was deleted";
  if (/^\d+$/.test(principal)) return whyAccountIsWrong(principal, "root", policy, account, place);
  if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(principal) || /^[0-9a-f]{64}$/.test(principal)) return null;
  const arn = ARN.exec(principal);
  if (arn === null) return principal.includes("/") || principal.includes(".") ? null : "is no account, ARN or service";
  const [, partition = "", service = "", accountId = "", resource = ""] = arn;
  if (partition !== place.partition) return `is of partition ${partition}, and the key of ${place.partition}`;
  if (accountId === "") return "names no account";
  if (resource.includes("*")) return "has a wildcard, which principals cannot have";
  if (accountId !== place.accountId) return whyAccountIsWrong(accountId, resource, policy, account, place);
  const isGone = resource.startsWith("role/") && account.look("role", principal).kind === "absent";
  // An instance whose role is gone is the broken thing, and not the policy: instance.proof-failed says so.
  const isMissed = account.all("instance").some(({ roleArn }) => roleArn === principal);
  return service === "iam" && isGone && !isMissed ? "does not exist" : null;
}

function whyAccountIsWrong(
  accountId: string,
  resource: string,
  policy: PolicyDocument,
  account: Account,
  place: Place,
): string | null {
  if (accountId === place.accountId) return null;
  if (!/^\d{12}$/.test(accountId)) return "names an account that does not have 12 digits";
  const wrong = `names account ${accountId}, and this stack is in ${place.accountId}`;
  if (resource === "root") return isAdministeredHere(policy, place) ? null : wrong;
  const here = `arn:${place.partition}:iam::${place.accountId}:${resource}`;
  const isMeantHere = account.look("role", here).kind === "read";
  return isMeantHere && !policy.statements.some((statement) => principalsOf(statement).includes(here)) ? wrong : null;
}

/** Whether an identity of this account may change the policy: then another account in it is meant. */
function isAdministeredHere({ statements }: PolicyDocument, { accountId }: Place): boolean {
  return statements.some(
    (statement) =>
      statement.effect === "Allow" &&
      statement.actions.some((action) => matchesGlob("kms:putkeypolicy", action.toLowerCase())) &&
      principalsOf(statement).some((name) => name === "*" || name === accountId || name.includes(`::${accountId}:`)),
  );
}
