import type { KeyGrant } from "../../model/settings/identity-setting.ts";
import { contextValue } from "./context.ts";
import { allOf, type Match, matchIf } from "./match.ts";
import { accountOfRole, matchSession, namesAccount, type Reach } from "./match-principal.ts";
import type { AccessRequest, Principal } from "./request.ts";

/** Constraints do not hold for these: https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html */
const WITHOUT_CONTEXT = ["describekey", "retiregrant"];

/** Whether a grant on a key is for a request, and for whom. https://docs.aws.amazon.com/kms/latest/developerguide/grants.html */
export function matchGrant(grant: KeyGrant, request: AccessRequest): Reach {
  const operation = request.action.replace(/^kms:/i, "").toLowerCase();
  const { by, match } = matchGrantee(grant.granteePrincipal, request.principal);
  const isNamed = matchIf(grant.operations.some((name) => name.toLowerCase() === operation));
  const inContext = WITHOUT_CONTEXT.includes(operation)
    ? "yes"
    : matchEncryptionContext(grant.encryptionContext, request);
  return { by, match: allOf([isNamed, match, inContext]) };
}

function matchGrantee(grantee: string, principal: Principal): Reach {
  switch (principal.kind) {
    case "role":
      if (namesAccount([grantee], accountOfRole(principal))) return { by: "account", match: "yes" };
      return { by: "named", match: grantee === principal.arn ? "yes" : matchSession([grantee], principal) };
    case "service":
      return { by: "named", match: matchIf(grantee === principal.name) };
    case "other-account":
      return { by: "named", match: matchIf(namesAccount([grantee], principal.accountId)) };
    case "anonymous":
      return { by: "named", match: "no" };
    default:
      return principal satisfies never;
  }
}

/** Keys and values are compared with their case, unlike the names of condition keys. */
function matchEncryptionContext({ match, pairs }: KeyGrant["encryptionContext"], { context }: AccessRequest): Match {
  if (match === "any") return "yes";
  const names = contextValue(context, "kms:EncryptionContextKeys");
  const lines = Object.entries(pairs).map(([key, wanted]): Match => {
    if (names.kind === "absent" || (names.kind === "values" && !names.values.includes(key))) return "no";
    const value = contextValue(context, `kms:EncryptionContext:${key}`);
    if (value.kind === "not-known") return { because: `the encryption context ${key} of the call is not known` };
    return matchIf(value.kind === "values" && value.values.includes(wanted));
  });
  if (match === "subset") return allOf(lines);
  if (names.kind === "not-known") return allOf([...lines, { because: "the whole encryption context is not known" }]);
  const count = names.kind === "absent" ? 0 : names.values.length;
  return allOf([...lines, matchIf(count === lines.length)]);
}
