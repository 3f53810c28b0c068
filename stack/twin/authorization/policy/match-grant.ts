import type { EvaluatedRequest } from "./compiled-policy.ts";
import { rootOf } from "./match-principal.ts";

/** A grant on a KMS key. https://docs.aws.amazon.com/kms/latest/developerguide/grants.html */
export interface Grant {
  /** The ARN of a user, role, role session or account, or a service principal. */
  readonly granteePrincipal: string;
  /** Actions, for example `kms:Decrypt`. */
  readonly actions: readonly string[];
  /** Each has to be in the request's encryption context. */
  readonly contextSubset: Readonly<Record<string, string>>;
  /** Where there is one, the request's encryption context is exactly this. */
  readonly contextEquals: Readonly<Record<string, string>> | undefined;
}

const CONTEXT_KEY = "kms:encryptioncontext:";
/** Constraints do not hold for these: https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html */
const WITHOUT_CONTEXT = ["kms:DescribeKey", "kms:RetireGrant"];

/**
 * How a grant lets this caller make this call: grantee, operation and encryption context all have to fit. A grant to an
 * account is taken for what a policy's account is: it lets in the identities that their own policies allow the call.
 */
export function matchGrant(grant: Grant, request: EvaluatedRequest): "exactly" | "account" | "not" {
  if (!grant.actions.includes(request.action)) return "not";
  return WITHOUT_CONTEXT.includes(request.action) || fitsContext(grant, request)
    ? matchGrantee(grant.granteePrincipal, request)
    : "not";
}

function fitsContext({ contextSubset, contextEquals }: Grant, request: EvaluatedRequest): boolean {
  const holds = (pairs: Readonly<Record<string, string>>) =>
    Object.entries(pairs).every(([key, value]) => hasContext(request, key, value));
  if (!holds(contextSubset)) return false;
  if (contextEquals === undefined) return true;
  return contextNames(request).length === Object.keys(contextEquals).length && holds(contextEquals);
}

function matchGrantee(grantee: string, { caller }: EvaluatedRequest): "exactly" | "account" | "not" {
  switch (caller.kind) {
    case "anonymous":
      return "not";
    case "service":
      return grantee === caller.service ? "exactly" : "not";
    case "user":
    case "role": {
      if (grantee === rootOf(caller.partition, caller.accountId)) return "account";
      const names = caller.kind === "user" ? [caller.arn] : [caller.roleArn, caller.sessionArn];
      return names.includes(grantee) ? "exactly" : "not";
    }
    default:
      return caller satisfies never;
  }
}

/** Keys and values are compared with their case, unlike the names of condition keys. */
function hasContext(request: EvaluatedRequest, key: string, value: string): boolean {
  const values = request.context.values(CONTEXT_KEY + key.toLowerCase());
  return contextNames(request).includes(key) && values?.[0] === value;
}

function contextNames({ context }: EvaluatedRequest): readonly string[] {
  return context.values("kms:encryptioncontextkeys") ?? [];
}
