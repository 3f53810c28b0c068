import type { PolicyStatement } from "../../model/settings/identity-setting.ts";
import { type Match, matchIf } from "./match.ts";
import type { Principal } from "./request.ts";

/**
 * How a statement of a resource's policy reaches a principal. `named`, `session` and `anyone` let it in by themselves (a role
 * within its permissions boundary, a session whatever the boundary); `account` leaves it to the account's own policies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export interface Reach {
  readonly by: "named" | "session" | "anyone" | "account";
  readonly match: Match;
}

type Elements = Readonly<Record<string, readonly string[]>>;

export function reachOf(statement: PolicyStatement, principal: Principal): Reach {
  if (Object.keys(statement.notPrincipals).length > 0) {
    return { by: "anyone", match: isExcepted(statement.notPrincipals, principal) };
  }
  if (isAnyone(statement.principals)) return { by: "anyone", match: "yes" };
  const aws = statement.principals["AWS"] ?? [];
  const services = statement.principals["Service"] ?? [];
  switch (principal.kind) {
    case "anonymous":
      return { by: "named", match: "no" };
    case "service":
      return { by: "named", match: matchIf(services.includes(principal.name)) };
    case "other-account":
      return { by: "named", match: matchIf(namesAccount(aws, principal.accountId)) };
    case "role":
      return reachOfRole(statement.principals, principal);
    default:
      return principal satisfies never;
  }
}

function reachOfRole(principals: Elements, role: Principal & { kind: "role" }): Reach {
  const aws = principals["AWS"] ?? [];
  if (aws.includes(role.arn)) return { by: "named", match: "yes" };
  const session = sessionArnOf(role);
  if (session !== null && aws.includes(session)) return { by: "session", match: "yes" };
  if (namesAccount(aws, accountOfRole(role))) return { by: "account", match: "yes" };
  if (session === null && aws.some((name) => name.startsWith(sessionPrefixOf(role)))) {
    return { by: "session", match: { because: `the name of ${role.arn}'s session is not known` } };
  }
  if ((principals["CanonicalUser"] ?? []).length > 0) {
    return { by: "account", match: { because: "whose canonical user id that is is not known" } };
  }
  return { by: "named", match: "no" };
}

/**
 * NotPrincipal: everyone but those listed. A role's call is spared only where its account, the role and its session are all listed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function isExcepted(listed: Elements, principal: Principal): Match {
  if (isAnyone(listed)) return "no";
  const aws = listed["AWS"] ?? [];
  switch (principal.kind) {
    case "anonymous":
      return "yes";
    case "service":
      return matchIf(!(listed["Service"] ?? []).includes(principal.name));
    case "other-account":
      return matchIf(!namesAccount(aws, principal.accountId));
    case "role": {
      if (!aws.includes(principal.arn) || !namesAccount(aws, accountOfRole(principal))) return "yes";
      const session = sessionArnOf(principal);
      if (session !== null) return matchIf(!aws.includes(session));
      return { because: `the name of ${principal.arn}'s session is not known` };
    }
    default:
      return principal satisfies never;
  }
}

/** `arn:aws:sts::123456789012:assumed-role/name/session`, null where the session is not known. */
export function sessionArnOf(role: Principal & { kind: "role" }): string | null {
  return role.session === null ? null : sessionPrefixOf(role) + role.session;
}

/** The 12 digits in a role's ARN. */
export function accountOfRole(role: { readonly arn: string }): string {
  return role.arn.split(":")[4] ?? "";
}

function sessionPrefixOf({ arn }: { readonly arn: string }): string {
  const partition = arn.split(":")[1] ?? "";
  return `arn:${partition}:sts::${accountOfRole({ arn })}:assumed-role/${arn.slice(arn.lastIndexOf("/") + 1)}/`;
}

function isAnyone(principals: Elements): boolean {
  return (principals["*"] ?? []).includes("*") || (principals["AWS"] ?? []).includes("*");
}

function namesAccount(aws: readonly string[], accountId: string): boolean {
  return aws.some((name) => name === accountId || /^arn:[^:]+:iam::(\d{12}):root$/.exec(name)?.[1] === accountId);
}
