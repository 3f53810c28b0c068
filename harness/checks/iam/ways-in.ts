import { allOf, anyOf, type Match, type Unclear } from "./match.ts";
import { matchGrant } from "./match-grant.ts";
import { accountOfRole } from "./match-principal.ts";
import { matchStatements, type StatementMatch } from "./match-statement.ts";
import type { AccessRequest, PoliciesInForce } from "./request.ts";

/** What each statement that has a say says to a request. */
export interface Said {
  readonly identity: readonly StatementMatch[];
  readonly boundary: readonly StatementMatch[];
  readonly resource: readonly StatementMatch[];
}

/** AWS says what everyone is to a boundary only where a condition on aws:PrincipalArn picks the principal. */
const BEYOND_BOUNDARY: Unclear = {
  because:
    "what the resource's policy gives to everyone may or may not be limited by the caller's permissions boundary",
};
const GRANTED_TO_ACCOUNT: Unclear = {
  because: "whether a grant to an account lets in those whose own policies do not allow the call is not documented",
};
const NOT_OF_THIS_ACCOUNT: Unclear = { because: "the policy of a resource of another account is not known" };

/** One way in: what lets through there, and whether it does. */
export interface Way {
  readonly by: string;
  readonly match: Match;
}

export function statementsOf(request: AccessRequest, { identity, boundary, resource }: PoliciesInForce): Said {
  const isRole = request.principal.kind === "role";
  const isBounded = isRole && boundary !== null;
  return {
    identity: isRole ? identity.flatMap((policy) => matchStatements(policy, "identity", request, isBounded)) : [],
    boundary: isBounded ? matchStatements(boundary, "identity", request, isBounded) : [],
    resource: resource.kind === "none" ? [] : matchStatements(resource.policy, "resource", request, isBounded),
  };
}

/** All ways in which a request may be let through, denials left aside. */
export function waysIn(request: AccessRequest, policies: PoliciesInForce, said: Said): Way[] {
  const allows = ({ effect }: StatementMatch) => effect === "Allow";
  const bounded =
    request.principal.kind !== "role" || policies.boundary === null
      ? "yes"
      : anyOf(said.boundary.filter(allows).map(({ match }) => match));
  const limit = (way: Way, by: Match): Way => ({ ...way, match: allOf([way.match, by]) });
  const own = said.identity.filter(allows).map(({ name, match }) => limit({ by: name, match }, bounded));
  const ofOwn = anyOf(own.map(({ match }) => match));
  const reaching = said.resource
    .filter(allows)
    .flatMap(({ name, reaches, asksForPrincipal }) =>
      reaches.map(({ by, match }) => ({ reach: by, asksForPrincipal, way: { by: name, match } })),
    );
  const granted = grantsOf(request, policies, ofOwn);
  if (isOfAnotherAccount(request)) {
    if (policies.resource.kind === "none") return own.map((way) => limit(way, NOT_OF_THIS_ACCOUNT));
    return [...reaching.map(({ way }) => limit(way, ofOwn)), ...granted];
  }
  const byResource = reaching.flatMap(({ reach, asksForPrincipal, way }): Way[] => {
    switch (reach) {
      case "session":
        return [way];
      case "anyone":
        if (asksForPrincipal) return [way];
        return [limit(way, bounded === "no" ? BEYOND_BOUNDARY : bounded)];
      case "named":
        return [limit(way, bounded)];
      case "account":
        return [];
      default:
        return reach satisfies never;
    }
  });
  if (policies.resource.kind === "policy" || policies.resource.kind === "none") return [...byResource, ...own];
  const delegated = anyOf(reaching.filter(({ reach }) => reach === "account").map(({ way }) => way.match));
  return [...byResource, ...own.map((way) => limit(way, delegated)), ...granted];
}

/** A role's request for a resource whose ARN names another account than the role's: both accounts have to allow it. */
export function isOfAnotherAccount({ principal, resourceArn }: AccessRequest): boolean {
  const owner = resourceArn.split(":")[4] ?? "";
  return principal.kind === "role" && /^\d{12}$/.test(owner) && owner !== accountOfRole(principal);
}

/** @param ofOwn Whether the caller's own policies allow it. */
function grantsOf(request: AccessRequest, { resource }: PoliciesInForce, ofOwn: Match): Way[] {
  if (resource.kind !== "key") return [];
  if (resource.grants.kind === "unread") {
    const { operation, code } = resource.grants.error;
    return [{ by: "a grant", match: { because: `the key's grants could not be read (${operation}: ${code})` } }];
  }
  return resource.grants.value.map((grant) => {
    const { by, match } = matchGrant(grant, request);
    const limit = by !== "account" ? "yes" : ofOwn === "no" ? GRANTED_TO_ACCOUNT : ofOwn;
    return { by: `a grant to ${grant.granteePrincipal}`, match: allOf([match, limit]) };
  });
}
