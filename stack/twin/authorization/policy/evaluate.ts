import type { CompiledPolicy, EvaluatedRequest } from "./compiled-policy.ts";
import type { Meant } from "./match-principal.ts";

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
   * Whether nobody gets in whom the resource's policy does not mean (a KMS key, the trust of a role), or an identity's
   * own policy is enough within the account.
   */
  readonly resourcePolicy: "must-allow" | "may-allow";
}

export type PolicyType = "identity-based policy" | "resource-based policy" | "permissions boundary";

export type Verdict =
  | { readonly kind: "allowed" }
  | { readonly kind: "explicitly-denied"; readonly by: PolicyType; readonly sid: string | undefined }
  | { readonly kind: "implicitly-denied"; readonly lacking: PolicyType };

/**
 * AWS' evaluation: an explicit deny anywhere ends it; otherwise somebody has to allow.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(request: EvaluatedRequest, policies: ApplicablePolicies): Verdict {
  const denied =
    explicitDeny(request, policies.identity, "identity-based policy") ??
    explicitDeny(request, policies.resource, "resource-based policy") ??
    explicitDeny(request, policies.boundary ?? [], "permissions boundary");
  if (denied !== undefined) return denied;

  const meant = allowedAs(request, policies.resource);
  const { caller } = request;
  if (caller.kind === "anonymous" || caller.kind === "service") {
    return meant === "everyone" || meant === "exactly" ? { kind: "allowed" } : lacking("resource-based policy");
  }
  const byIdentity = allowedAs(request, policies.identity) !== "not";
  const withinBoundary = policies.boundary === undefined || allowedAs(request, policies.boundary) !== "not";
  if (caller.accountId !== policies.resourceAccountId) {
    // Both accounts have to agree: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
    if (meant === "not") return lacking("resource-based policy");
    return byIdentityWithin(byIdentity, withinBoundary);
  }
  if (meant === "exactly") return { kind: "allowed" };
  if (meant === "role" || meant === "everyone") {
    return withinBoundary ? { kind: "allowed" } : lacking("permissions boundary");
  }
  if (meant === "not" && policies.resourcePolicy === "must-allow") return lacking("resource-based policy");
  return byIdentityWithin(byIdentity, withinBoundary);
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

function byIdentityWithin(byIdentity: boolean, withinBoundary: boolean): Verdict {
  if (!byIdentity) return lacking("identity-based policy");
  return withinBoundary ? { kind: "allowed" } : lacking("permissions boundary");
}

export function explicitDeny(
  request: EvaluatedRequest,
  policies: readonly CompiledPolicy[],
  by: PolicyType,
): Extract<Verdict, { kind: "explicitly-denied" }> | undefined {
  for (const { statements } of policies) {
    for (const { effect, sid, applies } of statements) {
      if (effect === "Deny" && applies(request) !== "not") return { kind: "explicitly-denied", by, sid };
    }
  }
  return undefined;
}

/** The strongest way in which an allowing statement means the caller. */
function allowedAs(request: EvaluatedRequest, policies: readonly CompiledPolicy[]): Meant {
  let strongest: Meant = "not";
  for (const { statements } of policies) {
    for (const { effect, applies } of statements) {
      if (effect !== "Allow") continue;
      const meant = applies(request);
      if (meant === "exactly") return meant;
      if (meant === "role" || meant === "everyone") strongest = meant;
      else if (meant === "account" && strongest === "not") strongest = meant;
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
