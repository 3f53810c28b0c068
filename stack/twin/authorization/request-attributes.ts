import { parseArn } from "../state/arn.ts";
import type { TwinState } from "../state/twin-state.ts";
import type { Caller } from "./policy/caller.ts";
import type { ContextValues } from "./policy/request-context.ts";
import type { IdentityPolicies } from "./state/identity-policies.ts";

/** Where calls of people and functions come from: AWS would show a public address, this is one for documentation (RFC 5737). */
const CALLER_ADDRESS = "203.0.113.10";

/**
 * The condition keys that AWS puts into every request by itself: who calls, what is asked for, when and how.
 * What a service knows of a call comes on top and wins.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function requestAttributes(
  caller: Caller,
  identity: IdentityPolicies | undefined,
  resourceArn: string,
  surroundings: Surroundings,
  given: ContextValues,
): ContextValues {
  const viaService = "kms:ViaService" in given;
  return {
    "aws:SecureTransport": "true",
    "aws:ViaAWSService": String(viaService),
    "aws:CurrentTime": new Date(surroundings.nowMs).toISOString(),
    "aws:EpochTime": String(Math.floor(surroundings.nowMs / 1000)),
    ...(viaService || caller.kind === "service" ? {} : { "aws:SourceIp": CALLER_ADDRESS }),
    ...callerAttributes(caller, identity),
    ...resourceAttributes(resourceArn, surroundings),
  };
}

export interface Surroundings {
  readonly nowMs: number;
  readonly home: Pick<TwinState, "accountId" | "region">;
  tagsOf(resourceArn: string): Readonly<Record<string, string>>;
}

function callerAttributes(caller: Caller, identity: IdentityPolicies | undefined): ContextValues {
  switch (caller.kind) {
    case "anonymous":
      return { "aws:PrincipalType": "Anonymous", "aws:PrincipalIsAWSService": "false" };
    case "service":
      return {
        "aws:PrincipalIsAWSService": "true",
        "aws:PrincipalServiceName": caller.service,
        "aws:PrincipalServiceNamesList": [caller.service],
        ...(caller.sourceArn === "" ? {} : { "aws:SourceArn": caller.sourceArn }),
        ...(caller.sourceAccount === "" ? {} : { "aws:SourceAccount": caller.sourceAccount }),
      };
    case "user":
      return {
        ...identityAttributes(caller.accountId, identity),
        "aws:PrincipalArn": caller.arn,
        "aws:PrincipalType": "User",
        "aws:username": caller.arn.split("/").at(-1) ?? "",
      };
    case "role": {
      const session = caller.sessionArn.split("/").at(-1) ?? "";
      return {
        ...identityAttributes(caller.accountId, identity),
        "aws:PrincipalArn": caller.roleArn,
        "aws:PrincipalType": "AssumedRole",
        ...(caller.uniqueId === undefined ? {} : { "aws:userid": `${caller.uniqueId}:${session}` }),
      };
    }
    default:
      return caller satisfies never;
  }
}

function identityAttributes(accountId: string, identity: IdentityPolicies | undefined): ContextValues {
  return {
    "aws:PrincipalAccount": accountId,
    "aws:PrincipalIsAWSService": "false",
    "kms:CallerAccount": accountId,
    ...prefixed("aws:PrincipalTag/", identity?.tags ?? {}),
  };
}

function resourceAttributes(resourceArn: string, { home, tagsOf }: Surroundings): ContextValues {
  const arn = parseArn(resourceArn);
  return {
    "aws:ResourceAccount": arn === undefined || arn.accountId === "" ? home.accountId : arn.accountId,
    "aws:RequestedRegion": arn === undefined || arn.region === "" ? home.region : arn.region,
    ...prefixed("aws:ResourceTag/", tagsOf(resourceArn)),
  };
}

function prefixed(prefix: string, tags: Readonly<Record<string, string>>): ContextValues {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [prefix + key, value]));
}
