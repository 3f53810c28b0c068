import type { PolicyStatement } from "../../model/settings/identity-setting.ts";
import { contextValue } from "./context.ts";
import { allOf, anyOf, type Match } from "./match.ts";
import { matchAction } from "./match-action.ts";
import { type ConditionLine, matchCondition } from "./match-condition.ts";
import { type Reach, reachesOf } from "./match-principal.ts";
import { matchResource } from "./match-resource.ts";
import type { AccessRequest, NamedPolicy, Principal } from "./request.ts";

/** What a statement says to a request. */
export interface StatementMatch {
  /** As a sentence names it: `statement TlsOnly of the bucket policy of x`. */
  readonly name: string;
  readonly effect: "Allow" | "Deny";
  readonly match: Match;
  /** The ways in which it reaches the principal, each with whether all else fits: identity policies reach their own role as `named`. */
  readonly reaches: readonly Reach[];
  /** Whether it asks, under a condition, who the principal is: then AWS says what "everyone" means to a permissions boundary. */
  readonly asksForPrincipal: boolean;
  /** Why it is about another request; empty where it is about this one. */
  readonly misses: readonly string[];
  /** Whether it names actions of the request's service at all. */
  readonly isOfService: boolean;
}

/** Which elements a policy's statements have: one of a resource names principals, one of a role does not. */
export type PolicyKind = "identity" | "resource";

const OWN: readonly Reach[] = [{ by: "named", match: "yes" }];

/** @param isBounded Whether the principal has a permissions boundary. */
export function matchStatements(
  policy: NamedPolicy,
  kind: PolicyKind,
  request: AccessRequest,
  isBounded: boolean,
): StatementMatch[] {
  const { version, statements } = policy.document;
  return statements.map((statement, index) => {
    const reaches = kind === "resource" ? reachesOf(statement, request.principal, isBounded) : OWN;
    const isReached = anyOf(reaches.map(({ match }) => match));
    const others: readonly (readonly [Match, string])[] = [
      [matchAction(statement, request.action), "is about other actions"],
      [matchResource(statement, version, request), `is about ${resourcesOf(statement)} and not ${request.resourceArn}`],
      ...linesOf(statement).map(
        (line) => [matchCondition(line, version, request.context), missOf(line, request)] as const,
      ),
    ];
    const elements = [
      ...others,
      [isReached, `is for ${principalsOf(statement)} and not for ${nameOf(request.principal)}`] as const,
    ];
    const rest = allOf(others.map(([match]) => match));
    return {
      name: `statement ${statement.sid === "" ? index + 1 : statement.sid} of ${policy.name}`,
      effect: statement.effect,
      match: allOf([rest, isReached]),
      reaches: reaches.map(({ by, match }) => ({ by, match: allOf([rest, match]) })),
      asksForPrincipal: linesOf(statement).some(({ key }) => key.toLowerCase() === "aws:principalarn"),
      misses: elements.flatMap(([match, miss]) => (match === "no" ? [miss] : [])),
      isOfService: isOfService(statement, request.action),
    };
  });
}

/** As a sentence names the one who asks. */
export function nameOf(principal: Principal): string {
  switch (principal.kind) {
    case "role":
      return principal.arn;
    case "service":
      return principal.name;
    case "other-account":
      return `account ${principal.accountId}`;
    case "anonymous":
      return "anonymous callers";
    default:
      return principal satisfies never;
  }
}

function isOfService({ actions, notActions }: PolicyStatement, action: string): boolean {
  const service = action.slice(0, action.indexOf(":") + 1).toLowerCase();
  return notActions.length > 0 || actions.some((name) => name === "*" || name.toLowerCase().startsWith(service));
}

function linesOf({ conditions }: PolicyStatement): ConditionLine[] {
  return Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => ({ operator, key, wanted })),
  );
}

function missOf({ operator, key, wanted }: ConditionLine, { context }: AccessRequest): string {
  const value = contextValue(context, key);
  const actual = value.kind === "values" ? `is ${value.values.join(", ")}` : "is not there";
  return `asks for ${operator} ${key} = ${wanted.join(" or ")}, which ${actual} in this call`;
}

function principalsOf({ principals, notPrincipals }: PolicyStatement): string {
  const names = Object.values(principals).flat();
  if (names.length > 0) return names.join(", ");
  const excepted = Object.values(notPrincipals).flat();
  return excepted.length > 0 ? `all but ${excepted.join(", ")}` : "no principal";
}

function resourcesOf({ resources, notResources }: PolicyStatement): string {
  return resources.length > 0 ? resources.join(", ") : `all but ${notResources.join(", ")}`;
}
