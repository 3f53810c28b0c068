import type { PolicyStatement } from "../../model/settings/identity-setting.ts";
import { type Match, matchIf, type Unclear } from "./match.ts";
import type { Principal } from "./request.ts";

/**
 * A way in which a statement of a resource's policy reaches a principal. `named`, `session` and `anyone` let it in by themselves (a
 * role within its permissions boundary, a session whatever the boundary); `account` leaves it to the account's own policies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export interface Reach {
  readonly by: "named" | "session" | "anyone" | "account";
  readonly match: Match;
}

type Elements = Readonly<Record<string, readonly string[]>>;
type Role = Principal & { readonly kind: "role" };

/**
 * Each way that there is, for a list may name a role and its session; none where the statement is not for the principal.
 *
 * @param isBounded Whether the principal has a permissions boundary.
 */
export function reachesOf(statement: PolicyStatement, principal: Principal, isBounded: boolean): Reach[] {
  const { effect, principals, notPrincipals } = statement;
  if (Object.keys(notPrincipals).length > 0) {
    const match =
      effect === "Allow" ? allowsAllBut(notPrincipals, principal) : deniesAllBut(notPrincipals, principal, isBounded);
    return [{ by: "anyone", match }];
  }
  const anyone: Reach[] = isAnyone(principals) ? [{ by: "anyone", match: "yes" }] : [];
  return [...anyone, ...reachesByName(principals, principal)];
}

function reachesByName(principals: Elements, principal: Principal): Reach[] {
  const aws = principals["AWS"] ?? [];
  switch (principal.kind) {
    case "anonymous":
      return [];
    case "service":
      return reachIf((principals["Service"] ?? []).includes(principal.name), "named");
    case "other-account":
      return reachIf(namesAccount(aws, principal.accountId), "named");
    case "role": {
      const isSession = matchSession(aws, principal);
      const ofCanonicalUser = { because: "whose canonical user id that is is not known" };
      return [
        ...reachIf(aws.includes(principal.arn), "named"),
        ...(isSession === "no" ? [] : [{ by: "session" as const, match: isSession }]),
        ...reachIf(namesAccount(aws, accountOfRole(principal)), "account"),
        ...reachIf((principals["CanonicalUser"] ?? []).length > 0, "account", ofCanonicalUser),
      ];
    }
    default:
      return principal satisfies never;
  }
}

function reachIf(condition: boolean, by: Reach["by"], match: Match = "yes"): Reach[] {
  return condition ? [{ by, match }] : [];
}

const NOT_SUPPORTED: Unclear = { because: "AWS does not support NotPrincipal together with Allow" };

/** A principal that is listed is left out in every reading of it. */
function allowsAllBut(listed: Elements, principal: Principal): Match {
  const isListed =
    isAnyone(listed) || reachesByName(listed, principal).some(({ by, match }) => by !== "account" && match === "yes");
  return isListed && principal.kind !== "other-account" ? "no" : NOT_SUPPORTED;
}

/**
 * Everyone but those listed. A role's call is spared only where its account, the role and its session are all listed, and never
 * where the role has a permissions boundary.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function deniesAllBut(listed: Elements, principal: Principal, isBounded: boolean): Match {
  if (principal.kind === "role" && isBounded) return "yes";
  if (isAnyone(listed)) return "no";
  const aws = listed["AWS"] ?? [];
  switch (principal.kind) {
    case "anonymous":
      return "yes";
    case "service":
      return matchIf(!(listed["Service"] ?? []).includes(principal.name));
    case "other-account":
      if (!namesAccount(aws, principal.accountId)) return "yes";
      return { because: `which identities of account ${principal.accountId} call is not known` };
    case "role": {
      if (!aws.includes(principal.arn) || !namesAccount(aws, accountOfRole(principal))) return "yes";
      const isListed = matchSession(aws, principal);
      return typeof isListed === "object" ? isListed : matchIf(isListed === "no");
    }
    default:
      return principal satisfies never;
  }
}

/** Whether names have the session of a role's call among them. */
export function matchSession(names: readonly string[], role: Role): Match {
  if (role.session !== null) return matchIf(names.includes(sessionPrefixOf(role) + role.session));
  const ofSomeSession = names.some((name) => name.startsWith(sessionPrefixOf(role)));
  return ofSomeSession ? { because: `the name of ${role.arn}'s session is not known` } : "no";
}

/** The 12 digits in a role's ARN. */
export function accountOfRole(role: { readonly arn: string }): string {
  return role.arn.split(":")[4] ?? "";
}

export function namesAccount(aws: readonly string[], accountId: string): boolean {
  return aws.some((name) => name === accountId || /^arn:[^:]+:iam::(\d{12}):root$/.exec(name)?.[1] === accountId);
}

/** `arn:aws:sts::123456789012:assumed-role/name/`, to which the session's name belongs. */
function sessionPrefixOf({ arn }: Role): string {
  const partition = arn.split(":")[1] ?? "";
  return `arn:${partition}:sts::${accountOfRole({ arn })}:assumed-role/${arn.slice(arn.lastIndexOf("/") + 1)}/`;
}

function isAnyone(principals: Elements): boolean {
  return (principals["*"] ?? []).includes("*") || (principals["AWS"] ?? []).includes("*");
}
