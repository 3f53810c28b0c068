import { allOf, anyOf, type Match, type Unclear } from "./match.ts";
import { matchGrant } from "./match-grant.ts";
import { accountOfRole } from "./match-principal.ts";
import { matchStatements, nameOf, type StatementMatch } from "./match-statement.ts";
import type { AccessRequest, Decision, PoliciesInForce } from "./request.ts";

/**
 * Whether AWS would let a request through.
 *
 * A statement that denies wins. Else one must allow: for a role one of its own policies (within its permissions boundary) or the
 * resource's policy, and both where the resource is of another account; for everyone else the resource's policy. A key's policy, and
 * a role's trust policy, must let the caller in, or leave it to the account and the caller's own policy allow, or a grant do so. What cannot be told from what is known is undecidable, and nothing else is:
 * an unclear statement beside one that decides does not matter.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
 */
export function may(request: AccessRequest, policies: PoliciesInForce): Decision {
  const said = statementsOf(request, policies);
  const denying = [...said.identity, ...said.boundary, ...said.resource].filter(({ effect }) => effect === "Deny");
  const denier = denying.find(({ match }) => match === "yes");
  if (denier !== undefined) return denied(true, `${denier.name} denies it`, []);
  const ways = waysIn(request, policies, said);
  const way = ways.find(({ match }) => match === "yes");
  const deniedPerhaps = unclearAmong(denying.map(({ match }) => match));
  if (way !== undefined && deniedPerhaps === undefined) return { kind: "allowed", by: way.by };
  const unclear = way === undefined ? unclearAmong(ways.map(({ match }) => match)) : deniedPerhaps;
  if (unclear !== undefined) return { kind: "undecidable", because: unclear.because };
  return denied(false, whatIsMissing(request, policies, said), nearMissesOf([...said.resource, ...said.identity]));
}

interface Said {
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

/** One way in, and what lets through there. */
interface Way {
  readonly by: string;
  readonly match: Match;
}

function statementsOf(request: AccessRequest, { identity, boundary, resource }: PoliciesInForce): Said {
  const isRole = request.principal.kind === "role";
  const isBounded = isRole && boundary !== null;
  return {
    identity: isRole ? identity.flatMap((policy) => matchStatements(policy, "identity", request, isBounded)) : [],
    boundary: isBounded ? matchStatements(boundary, "identity", request, isBounded) : [],
    resource: resource.kind === "none" ? [] : matchStatements(resource.policy, "resource", request, isBounded),
  };
}

function waysIn(request: AccessRequest, policies: PoliciesInForce, said: Said): Way[] {
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
function isOfAnotherAccount({ principal, resourceArn }: AccessRequest): boolean {
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

function whatIsMissing(request: AccessRequest, { resource, boundary }: PoliciesInForce, said: Said): string {
  const what = `${request.action} on ${request.resourceArn}`;
  const who = nameOf(request.principal);
  const allowed = (statements: readonly StatementMatch[]) =>
    statements.some(({ effect, match }) => effect === "Allow" && match === "yes");
  if (
    request.principal.kind === "role" &&
    boundary !== null &&
    !allowed(said.boundary) &&
    (allowed(said.identity) || allowed(said.resource))
  ) {
    return `the permissions boundary of ${who} does not allow ${what}`;
  }
  if (request.principal.kind !== "role") {
    if (resource.kind === "none") return `there is no policy that lets ${who} in`;
    return `no statement of ${resource.policy.name} allows ${who} ${what}`;
  }
  if (isOfAnotherAccount(request)) {
    return `${who} is of another account than ${request.resourceArn}, and not both sides' policies allow ${request.action}`;
  }
  if (resource.kind === "none" || resource.kind === "policy") return `no policy of ${who} allows ${what}`;
  const leavesToAccount = said.resource.some(
    ({ effect, reaches }) => effect === "Allow" && reaches.some(({ by, match }) => by === "account" && match === "yes"),
  );
  if (leavesToAccount)
    return `${resource.policy.name} leaves it to the account's policies, and none of ${who} allows ${what}`;
  return `${resource.policy.name} allows ${request.action} neither to ${who} nor to its account`;
}

/** Statements that would allow but for one element. */
function nearMissesOf(statements: readonly StatementMatch[]): string[] {
  return statements.flatMap(({ effect, name, misses, isOfService }) => {
    const [only, ...others] = misses;
    return effect === "Allow" && isOfService && only !== undefined && others.length === 0 ? [`${name} ${only}`] : [];
  });
}

function unclearAmong(matches: readonly Match[]): Unclear | undefined {
  return matches.find((match) => typeof match === "object");
}

function denied(explicit: boolean, reason: string, nearMisses: readonly string[]): Decision {
  return { kind: "denied", explicit, reason, nearMisses };
}
