import type { Caller } from "./caller.ts";
import type { PrincipalName, Statement } from "./policy-document.ts";

/**
 * How a statement of a resource's policy means a caller, because AWS makes a difference: who is named exactly (a user,
 * a session, a service), or with everyone, is let in whatever its own policies lack; a role is let in within its
 * permissions boundary; an account is only given leave to let its identities in by their own policies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
 */
export type Meant = "not" | "account" | "role" | "everyone" | "exactly";

const WEIGHT: Readonly<Record<Meant, number>> = { not: 0, account: 1, role: 2, everyone: 3, exactly: 4 };

export function stronger(one: Meant, other: Meant): Meant {
  return WEIGHT[other] > WEIGHT[one] ? other : one;
}

/** `isBounded`: the caller has a permissions boundary. */
type PrincipalTest = (caller: Caller, isBounded: boolean) => Meant;

export function compilePrincipals(principals: Statement["principals"], effect: "Allow" | "Deny"): PrincipalTest {
  switch (principals.kind) {
    // A statement of an identity's own policy names no principal: it means the identity that has the policy.
    case "not-said":
      return () => "exactly";
    case "these":
      return (caller) => principals.values.reduce<Meant>((most, name) => stronger(most, meantBy(name, caller)), "not");
    case "all-but":
      return (caller, isBounded) => {
        const isSpared =
          effect === "Allow" ? isListed(principals.values, caller) : !isBounded && isLeftOut(principals.values, caller);
        return isSpared ? "not" : "everyone";
      };
    default:
      return principals satisfies never;
  }
}

function meantBy(name: PrincipalName, caller: Caller): Meant {
  if (name.kind === "everyone") return "everyone";
  if (name.kind === "other" || caller.kind === "anonymous") return "not";
  if (name.kind === "service") return caller.kind === "service" && caller.service === name.name ? "exactly" : "not";
  if (caller.kind === "service") return "not";
  const { accountId, partition } = caller;
  if (accountId !== "" && (name.name === accountId || name.name === rootOf(partition, accountId))) return "account";
  if (caller.kind === "user") return caller.arn === name.name ? "exactly" : "not";
  if (caller.sessionArn === name.name) return "exactly";
  return caller.roleArn === name.name || caller.uniqueId === name.name ? "role" : "not";
}

function isListed(listed: readonly PrincipalName[], caller: Caller): boolean {
  return listed.some((name) => meantBy(name, caller) !== "not");
}

/**
 * Whom NotPrincipal with Deny spares. AWS looks at the account, then the role, then the session, and each has to be
 * listed; a caller with a permissions boundary is denied whatever is listed. With Allow it is no longer supported, and a
 * policy that still has it means everyone but those listed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function isLeftOut(listed: readonly PrincipalName[], caller: Caller): boolean {
  if (caller.kind === "service" || caller.kind === "anonymous") return isListed(listed, caller);
  const names = new Set(listed.map((name) => (name.kind === "aws" ? name.name : "")));
  const everyone = listed.some(({ kind }) => kind === "everyone");
  const account = names.has(caller.accountId) || names.has(rootOf(caller.partition, caller.accountId));
  if (everyone) return true;
  if (caller.kind === "user") return account && names.has(caller.arn);
  return account && names.has(caller.roleArn) && names.has(caller.sessionArn);
}

/** The principal that stands for an account. */
export function rootOf(partition: string, accountId: string): string {
  return `arn:${partition}:iam::${accountId}:root`;
}
