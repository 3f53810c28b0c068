import type { EvaluatedRequest } from "../policy/compiled-policy.ts";
import type { Grant } from "../state/key-policies.ts";

const contextKey = "kms:encryptioncontext:";

/** Whether a grant lets this caller make this call: grantee, operation and encryption context all have to fit. */
export function grantAllows(grant: Grant, request: EvaluatedRequest): boolean {
  if (!isGrantee(grant.granteePrincipal, request) || !grant.actions.includes(request.action)) return false;
  if (!Object.entries(grant.contextSubset).every(([key, value]) => hasContext(request, key, value))) return false;
  if (grant.contextEquals === undefined) return true;
  const names = request.context.values("kms:encryptioncontextkeys") ?? [];
  const expected = Object.entries(grant.contextEquals);
  return names.length === expected.length && expected.every(([key, value]) => hasContext(request, key, value));
}

function isGrantee(grantee: string, { caller }: EvaluatedRequest): boolean {
  switch (caller.kind) {
    case "anonymous":
      return false;
    case "service":
      return grantee === caller.service;
    case "user":
      return grantee === caller.arn;
    case "role":
      return grantee === caller.roleArn || grantee === caller.sessionArn;
    default:
      return caller satisfies never;
  }
}

function hasContext({ context }: EvaluatedRequest, key: string, value: string): boolean {
  return context.values(contextKey + key.toLowerCase())?.[0] === value;
}
