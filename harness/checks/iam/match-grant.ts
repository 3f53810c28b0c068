import type { KeyGrant } from "../../model/settings/identity-setting.ts";
import { contextValue } from "./context.ts";
import { allOf, type Match, matchIf } from "./match.ts";
import { sessionArnOf } from "./match-principal.ts";
import type { AccessRequest, Principal } from "./request.ts";

/** Whether a grant on a key lets a request through. https://docs.aws.amazon.com/kms/latest/developerguide/grants.html */
export function matchGrant(grant: KeyGrant, request: AccessRequest): Match {
  const operation = request.action.replace(/^kms:/i, "").toLowerCase();
  return allOf([
    matchIf(grant.operations.some((name) => name.toLowerCase() === operation)),
    matchGrantee(grant.granteePrincipal, request.principal),
    matchEncryptionContext(grant.encryptionContext, request),
  ]);
}

function matchGrantee(grantee: string, principal: Principal): Match {
  switch (principal.kind) {
    case "role": {
      const session = sessionArnOf(principal);
      if (grantee === principal.arn || grantee === session) return "yes";
      const ofSomeSession = session === null && grantee.includes(`:assumed-role/${principal.arn.split("/").at(-1)}/`);
      return ofSomeSession ? { because: `the name of ${principal.arn}'s session is not known` } : "no";
    }
    case "service":
      return matchIf(grantee === principal.name);
    case "other-account":
    case "anonymous":
      return "no";
    default:
      return principal satisfies never;
  }
}

function matchEncryptionContext({ match, pairs }: KeyGrant["encryptionContext"], { context }: AccessRequest): Match {
  if (match === "any") return "yes";
  const lines = Object.entries(pairs).map(([key, wanted]): Match => {
    const value = contextValue(context, `kms:EncryptionContext:${key}`);
    if (value.kind === "not-known") return { because: `the encryption context ${key} of the call is not known` };
    return matchIf(value.kind === "values" && value.values.includes(wanted));
  });
  if (match === "subset") return allOf(lines);
  const keys = contextValue(context, "kms:EncryptionContextKeys");
  if (keys.kind === "not-known") return allOf([...lines, { because: "the whole encryption context is not known" }]);
  const count = keys.kind === "absent" ? 0 : keys.values.length;
  return allOf([...lines, matchIf(count === lines.length)]);
}
