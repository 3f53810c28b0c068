import { cannotTell } from "../judging.ts";
import { may } from "./may.ts";
import type { AccessRequest, Decision, Denied, PoliciesInForce } from "./request.ts";

/** A request that is decided. */
export type Decided = Denied | Extract<Decision, { kind: "allowed" }>;

/** As `may`, for rules. @throws CannotTell where it cannot be decided. */
export function decide(request: AccessRequest, policies: PoliciesInForce): Decided {
  const decision = may(request, policies);
  if (decision.kind !== "undecidable") return decision;
  const { action, resourceArn } = request;
  const statement = `Whether ${action} is allowed on ${resourceArn} cannot be told: ${decision.because}.`;
  throw cannotTell(statement, "Look at what that asks for yourself, or grant the same without it.");
}

/** The first of several requests that is denied, or null where all are allowed. @throws CannotTell as `decide`. */
export function firstDenied(requests: readonly AccessRequest[], policies: PoliciesInForce): Denied | null {
  for (const request of requests) {
    const decision = decide(request, policies);
    if (decision.kind === "denied") return decision;
  }
  return null;
}
