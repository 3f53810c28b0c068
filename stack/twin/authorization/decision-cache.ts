import type { AuthorizationRequest, Decision, Principal } from "../model/ports.ts";

/**
 * Remembers decisions, so that a data path which asks the same thing again and again pays for one look-up. The oldest
 * go when it is full: objects each have an ARN of their own.
 */
export function rememberDecisions(
  decide: (request: AuthorizationRequest) => Decision,
  maximumEntries: number,
): (request: AuthorizationRequest) => Decision {
  const decisions = new Map<string, Decision>();
  return (request) => {
    const key = keyOf(request);
    const known = decisions.get(key);
    if (known !== undefined) return known;
    const decision = decide(request);
    if (decisions.size >= maximumEntries) {
      for (const oldest of decisions.keys()) {
        decisions.delete(oldest);
        break;
      }
    }
    decisions.set(key, decision);
    return decision;
  };
}

/** The parts are told apart by a character that none of them holds. */
function keyOf({ principal, action, resourceArn, context }: AuthorizationRequest): string {
  let key = `${principalKey(principal)}\n${action}\n${resourceArn}`;
  for (const name in context) key += `\n${name}\n${context[name]}`;
  return key;
}

function principalKey(principal: Principal): string {
  switch (principal.kind) {
    case "user":
      return `u${principal.arn}`;
    case "role":
      return `r${principal.roleArn}\n${principal.sessionName}`;
    case "service":
      return `s${principal.service}\n${principal.sourceArn}\n${principal.sourceAccount}`;
    default:
      return principal satisfies never;
  }
}
