import { allOf, anyOf, type Match, type Unclear } from "./match.ts";
import { matchGrant } from "./match-grant.ts";
import { matchStatements, nameOf, type StatementMatch } from "./match-statement.ts";
import type { AccessRequest, Decision, PoliciesInForce } from "./request.ts";

/**
 * Whether AWS would let a request through, within one account.
 *
 * A statement that denies wins. Else one must allow: for a role one of its own policies (within its permissions boundary) or the
 * resource's policy; for everyone else the resource's policy. A key's policy must let the caller in, or leave it to the account and
 * the caller's own policy allow, or a grant do so. What cannot be told from what is known is undecidable, and nothing else is:
 * an unclear statement beside one that decides does not matter.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
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

/** AWS says that a boundary limits what is given to a role, and not what is given to its session; of everyone it says nothing. */
const BEYOND_BOUNDARY: Unclear = {
  because:
    "what the resource's policy gives to everyone may or may not be limited by the caller's permissions boundary",
};

/** One way in, and what lets through there. */
interface Way {
  readonly by: string;
  readonly match: Match;
}

function statementsOf(request: AccessRequest, { identity, boundary, resource }: PoliciesInForce): Said {
  const isRole = request.principal.kind === "role";
  return {
    identity: isRole ? identity.flatMap((policy) => matchStatements(policy, "identity", request)) : [],
    boundary: isRole && boundary !== null ? matchStatements(boundary, "identity", request) : [],
    resource: resource.kind === "none" ? [] : matchStatements(resource.policy, "resource", request),
  };
}

function waysIn(request: AccessRequest, policies: PoliciesInForce, said: Said): Way[] {
  const allows = ({ effect }: StatementMatch) => effect === "Allow";
  const bounded =
    request.principal.kind !== "role" || policies.boundary === null
      ? "yes"
      : anyOf(said.boundary.filter(allows).map(({ match }) => match));
  const reaching = (by: StatementMatch["by"]) => said.resource.filter((each) => allows(each) && each.by === by);
  const within = ({ name, match }: StatementMatch, limits: readonly Match[]) => ({
    by: name,
    match: allOf([match, ...limits]),
  });
  const byResource = [
    ...reaching("session").map((each) => within(each, [])),
    ...reaching("anyone").map((each) => within(each, [bounded === "no" ? BEYOND_BOUNDARY : bounded])),
    ...reaching("named").map((each) => within(each, [bounded])),
  ];
  const identity = said.identity.filter(allows);
  if (policies.resource.kind !== "key") return [...byResource, ...identity.map((each) => within(each, [bounded]))];
  const delegated = anyOf(reaching("account").map(({ match }) => match));
  return [...byResource, ...identity.map((each) => within(each, [bounded, delegated])), ...grantsOf(request, policies)];
}

function grantsOf(request: AccessRequest, { resource }: PoliciesInForce): Way[] {
  if (resource.kind !== "key") return [];
  if (resource.grants.kind === "unread") {
    const { operation, code } = resource.grants.error;
    return [{ by: "a grant", match: { because: `the key's grants could not be read (${operation}: ${code})` } }];
  }
  return resource.grants.value.map((grant) => ({
    by: `a grant to ${grant.granteePrincipal}`,
    match: matchGrant(grant, request),
  }));
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
  if (resource.kind !== "key") return `no policy of ${who} allows ${what}`;
  const leavesToAccount = said.resource.some(
    ({ effect, by, match }) => effect === "Allow" && by === "account" && match === "yes",
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
