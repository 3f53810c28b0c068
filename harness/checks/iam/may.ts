import type { Match, Unclear } from "./match.ts";
import { nameOf, type StatementMatch } from "./match-statement.ts";
import type { AccessRequest, Decision, PoliciesInForce } from "./request.ts";
import { isOfAnotherAccount, type Said, statementsOf, waysIn } from "./ways-in.ts";

/**
 * Whether AWS would let a request through.
 *
 * A statement that denies wins. Else one must allow: for a role one of its own policies (within its permissions boundary) or the
 * resource's policy, and both where the resource is of another account; for everyone else the resource's policy. A key's policy, and
 * a role's trust policy, must let the caller in, or leave it to the account and the caller's own policy allow, or a grant do so. What
 * cannot be told from what is known is undecidable, and nothing else is: an unclear statement next to one that decides does not matter.
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
