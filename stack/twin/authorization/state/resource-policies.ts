import { parseArn } from "../../state/arn.ts";
import type { TwinState } from "../../state/twin-state.ts";
import type { CompiledPolicy } from "../policy/compiled-policy.ts";
import type { ApplicablePolicies } from "../policy/evaluate.ts";
import type { Grant } from "../policy/match-grant.ts";
import { readFunctionPermissions } from "./function-permissions.ts";
import { readKeyAccess, unknownKeyPolicy } from "./key-policies.ts";
import type { PolicyReader } from "./policy-reader.ts";

/** What a resource says about who may use it. */
export interface ResourcePolicies extends Omit<ApplicablePolicies, "identity" | "boundary"> {
  readonly grants: Grant[];
}

/**
 * The resource-based policies of the state, found by the ARN that a request names: trust policies of roles, key
 * policies with grants, permissions of functions, bucket policies. What has none is open to its account's identities.
 */
export function readResourcePolicies(
  state: TwinState,
  reader: PolicyReader,
): (resourceArn: string, action: string) => ResourcePolicies {
  const trusts = new Map(
    state.roles.map((role) => [
      role.arn,
      reader.readText(role.assume_role_policy, "trust", role.address, "assume_role_policy"),
    ]),
  );
  const keys = readKeyAccess(state, reader);
  const unknownKey = reader.readDocument(unknownKeyPolicy(state), "resource", "a key that the state does not hold");
  const permissions = readFunctionPermissions(state, reader);
  const buckets = new Map(
    state.bucketPolicies.map(({ bucket, policy, address }) => [
      bucket,
      reader.readText(policy, "resource", address, "policy"),
    ]),
  );
  return (resourceArn, action) => {
    const arn = parseArn(resourceArn);
    // Buckets' ARNs name no account, and AWS' own policies the account "aws": both are the caller's to ask about.
    const isForeign = arn !== undefined && arn.accountId !== "" && arn.accountId !== "aws";
    const resourceAccountId = isForeign ? arn.accountId : state.accountId;
    const open = (resource: readonly CompiledPolicy[]): ResourcePolicies => ({
      resource,
      resourceAccountId,
      resourcePolicy: "may-allow",
      grants: [],
    });
    switch (arn?.service) {
      case "kms": {
        const key = keys.get(resourceArn) ?? { policies: unknownKey, grants: [] };
        return { ...open(key.policies), resourcePolicy: "must-allow", grants: key.grants };
      }
      case "iam": {
        const closed = action === "sts:AssumeRole" ? "must-allow" : "may-allow";
        return { ...open(trusts.get(resourceArn) ?? []), resourcePolicy: closed };
      }
      case "lambda":
        return open(permissions.get(resourceArn) ?? []);
      case "s3":
        return open(buckets.get(arn.resource.split("/")[0] ?? "") ?? []);
      default:
        return open([]);
    }
  };
}
