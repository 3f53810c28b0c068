import type { Caller } from "./caller.ts";
import type { PrincipalName, Statement } from "./policy-document.ts";

/**
 * How a statement of a resource's policy means a caller, because AWS makes a difference: who is named exactly (a user,
 * a session, a service) is let in whatever its own policies lack; a role or `*` is let in within the role's permissions
 * boundary; an account is only given leave to let its identities in by their own policies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-id-rdp.html
 */
export type Meant = "not" | "account" | "role" | "everyone" | "exactly";

const weight: Readonly<Record<Meant, number>> = { not: 0, account: 1, everyone: 2, role: 2, exactly: 3 };

export function compilePrincipals(
  principals: Statement["principals"],
  effect: "Allow" | "Deny",
): (caller: Caller) => Meant {
  switch (principals.kind) {
    // A statement of an identity's own policy names nobody: it means whoever has the policy.
    case "not-said":
      return () => "exactly";
    case "these":
      return (caller) =>
        principals.values.reduce<Meant>((most, name) => {
          const meant = meantBy(name, caller);
          return weight[meant] > weight[most] ? meant : most;
        }, "not");
    case "all-but":
      return (caller) => (isLeftOut(principals.values, caller, effect) ? "not" : "everyone");
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

/**
 * NotPrincipal leaves out whom it lists. With Deny, AWS looks at the account, then the role, then the session, and each
 * has to be listed (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html).
 */
function isLeftOut(listed: readonly PrincipalName[], caller: Caller, effect: "Allow" | "Deny"): boolean {
  if (effect === "Allow" || caller.kind === "service" || caller.kind === "anonymous") {
    return listed.some((name) => meantBy(name, caller) !== "not");
  }
  const names = new Set(listed.map((name) => (name.kind === "aws" ? name.name : "")));
  const everyone = listed.some(({ kind }) => kind === "everyone");
  const account = names.has(caller.accountId) || names.has(rootOf(caller.partition, caller.accountId));
  if (everyone) return true;
  if (caller.kind === "user") return account && names.has(caller.arn);
  return account && names.has(caller.roleArn) && names.has(caller.sessionArn);
}

function rootOf(partition: string, accountId: string): string {
  return `arn:${partition}:iam::${accountId}:root`;
}
