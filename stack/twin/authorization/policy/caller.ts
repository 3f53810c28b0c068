import type { Principal } from "../../model/ports.ts";
import { parseArn } from "../../state/arn.ts";

/** Who makes a request, with everything that a policy can name them by. */
export type Caller =
  | { readonly kind: "anonymous" }
  | { readonly kind: "service"; readonly service: string; readonly sourceArn: string; readonly sourceAccount: string }
  | { readonly kind: "user"; readonly arn: string; readonly accountId: string; readonly partition: string }
  | {
      readonly kind: "role";
      readonly roleArn: string;
      /** `arn:aws:sts::123456789012:assumed-role/name/session`. */
      readonly sessionArn: string;
      readonly accountId: string;
      readonly partition: string;
      /** `AROA…`, where the state knows it. */
      readonly uniqueId: string | undefined;
    };

export function callerOf(principal: Principal, uniqueIdOf: (roleArn: string) => string | undefined): Caller {
  switch (principal.kind) {
    case "service":
      return principal;
    case "user": {
      const { accountId, partition } = accountOf(principal.arn);
      return { kind: "user", arn: principal.arn, accountId, partition };
    }
    case "role": {
      const { roleArn, sessionName } = principal;
      const { accountId, partition, name } = accountOf(roleArn);
      const sessionArn = `arn:${partition}:sts::${accountId}:assumed-role/${name}/${sessionName}`;
      return { kind: "role", roleArn, sessionArn, accountId, partition, uniqueId: uniqueIdOf(roleArn) };
    }
    default:
      return principal satisfies never;
  }
}

/** The caller as AWS' error messages give it: a role shows as its session. */
export function callerName(caller: Caller): string {
  switch (caller.kind) {
    case "anonymous":
      return "anonymous";
    case "service":
      return caller.service;
    case "user":
      return caller.arn;
    case "role":
      return caller.sessionArn;
    default:
      return caller satisfies never;
  }
}

/** The last part of a user's or role's path is its name. */
function accountOf(arn: string): { accountId: string; partition: string; name: string } {
  const parsed = parseArn(arn);
  if (parsed === undefined) return { accountId: "", partition: "aws", name: arn };
  return {
    accountId: parsed.accountId,
    partition: parsed.partition,
    name: parsed.resource.split("/").at(-1) ?? "",
  };
}
