import type { CompiledPolicy, EvaluatedRequest } from "./compiled-policy.ts";
import { type Grant, matchGrant } from "./match-grant.ts";
import { type Meant, stronger } from "./match-principal.ts";

/** Everything that has a say in one request. */
export interface ApplicablePolicies {
  /** The caller's own; empty for a service or an unknown identity. */
  readonly identity: readonly CompiledPolicy[];
  /** The caller's permissions boundary, where it has one. */
  readonly boundary: readonly CompiledPolicy[] | undefined;
  /** The resource's. */
  readonly resource: readonly CompiledPolicy[];
  readonly resourceAccountId: string;
  /**
   * Whether the resource's policy has to let a caller in (a KMS key, the trust of a role), or an identity's
   * own policy is enough within the account.
   */
  readonly resourcePolicy: "must-allow" | "may-allow";
  /** On the key that is asked for; other resources have none. */
  readonly grants: readonly Grant[];
}

export type PolicyType = "identity-based policy" | "resource-based policy" | "permissions boundary";

export type Verdict =
  | { readonly kind: "allowed" }
  | { readonly kind: "explicitly-denied"; readonly by: PolicyType }
  | { readonly kind: "implicitly-denied"; readonly lacking: PolicyType };

/**
 * AWS' evaluation: an explicit deny anywhere ends it; otherwise somebody has to allow.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(request: EvaluatedRequest, policies: ApplicablePolicies): Verdict {
  const isBounded = policies.boundary !== undefined;
  const denied =
    explicitDeny(request, isBounded, policies.identity, "identity-based policy") ??
    explicitDeny(request, isBounded, policies.resource, "resource-based policy") ??
    explicitDeny(request, isBounded, policies.boundary ?? [], "permissions boundary");
  if (denied !== undefined) return denied;
  const verdict = evaluateAllows(request, policies);
  return verdict.kind === "implicitly-denied" && isGranted(request, policies) ? ALLOWED : verdict;
}

const ALLOWED: Verdict = { kind: "allowed" };

function evaluateAllows(request: EvaluatedRequest, policies: ApplicablePolicies): Verdict {
  const { caller } = request;
  const isBounded = policies.boundary !== undefined;
  const meant = allowedAs(request, isBounded, policies.resource);
  if (caller.kind === "anonymous" || caller.kind === "service") {
    return meant === "everyone" || meant === "exactly" ? ALLOWED : lacking("resource-based policy");
  }
  if (caller.accountId !== policies.resourceAccountId) {
    // Both accounts have to agree: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
    return meant === "not" ? lacking("resource-based policy") : evaluateIdentity(request, policies);
  }
  if (meant === "exactly" || meant === "everyone") return ALLOWED;
  if (meant === "role") return isWithinBoundary(request, policies) ? ALLOWED : lacking("permissions boundary");
  if (meant === "not" && policies.resourcePolicy === "must-allow") return lacking("resource-based policy");
  return evaluateIdentity(request, policies);
}

/** Whether one of the key's grants lets the caller in, by itself or together with the caller's own policies. */
function isGranted(request: EvaluatedRequest, policies: ApplicablePolicies): boolean {
  const matches = policies.grants.map((grant) => matchGrant(grant, request));
  if (matches.includes("exactly")) return true;
  return matches.includes("account") && evaluateIdentity(request, policies).kind === "allowed";
}

function evaluateIdentity(request: EvaluatedRequest, policies: ApplicablePolicies): Verdict {
  const isBounded = policies.boundary !== undefined;
  if (allowedAs(request, isBounded, policies.identity) === "not") return lacking("identity-based policy");
  return isWithinBoundary(request, policies) ? ALLOWED : lacking("permissions boundary");
}

function isWithinBoundary(request: EvaluatedRequest, { boundary }: ApplicablePolicies): boolean {
  return boundary === undefined || allowedAs(request, true, boundary) !== "not";
}

/** What AWS appends to its message, https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function reasonOf(verdict: Exclude<Verdict, { kind: "allowed" }>, action: string): string {
  switch (verdict.kind) {
    case "explicitly-denied":
      return `with an explicit deny in ${article(verdict.by)} ${verdict.by}`;
    case "implicitly-denied":
      return `because no ${verdict.lacking} allows the ${action} action`;
    default:
      return verdict satisfies never;
  }
}

function explicitDeny(
  request: EvaluatedRequest,
  isBounded: boolean,
  policies: readonly CompiledPolicy[],
  by: PolicyType,
): Extract<Verdict, { kind: "explicitly-denied" }> | undefined {
  for (const { statements } of policies) {
    for (const { effect, applies } of statements) {
      if (effect === "Deny" && applies(request, isBounded) !== "not") return { kind: "explicitly-denied", by };
    }
  }
  return undefined;
}

/** The strongest way in which an allowing statement means the caller. */
function allowedAs(request: EvaluatedRequest, isBounded: boolean, policies: readonly CompiledPolicy[]): Meant {
  let strongest: Meant = "not";
  for (const { statements } of policies) {
    for (const { effect, applies } of statements) {
      if (effect !== "Allow") continue;
      strongest = stronger(strongest, applies(request, isBounded));
      if (strongest === "exactly") return strongest;
    }
  }
  return strongest;
}

function lacking(type: PolicyType): Verdict {
  return { kind: "implicitly-denied", lacking: type };
}

function article(type: PolicyType): "a" | "an" {
  return type === "identity-based policy" ? "an" : "a";
}
