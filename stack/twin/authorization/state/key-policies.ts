import type { Resource, TwinState } from "../../state/twin-state.ts";
import type { CompiledPolicy } from "../policy/compiled-policy.ts";
import type { Grant } from "../policy/match-grant.ts";
import type { PolicyReader } from "./policy-reader.ts";

export interface KeyAccess {
  readonly policies: readonly CompiledPolicy[];
  readonly grants: Grant[];
}

/** Policies and grants of the state's keys, by key ARN. */
export function readKeyAccess(state: TwinState, reader: PolicyReader): Map<string, KeyAccess> {
  return new Map(
    state.keys.map((key) => {
      const grants = state.keyGrants.filter(({ key_id }) => key_id === key.key_id || key_id === key.arn).map(grantOf);
      return [key.arn, { policies: keyPolicy(key, state, reader), grants }];
    }),
  );
}

/** A policy kept apart from its key (`aws_kms_key_policy`) is the one in force. */
function keyPolicy(key: Resource<"keys">, state: TwinState, reader: PolicyReader): CompiledPolicy[] {
  const apart = state.keyPolicies.find(({ key_id }) => key_id === key.key_id || key_id === key.arn);
  if (apart !== undefined) return reader.readText(apart.policy, "resource", apart.address, "policy");
  if (key.policy !== undefined) return reader.readText(key.policy, "resource", key.address, "policy");
  return reader.readDocument(defaultKeyPolicy(state), "resource", key.address);
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function defaultKeyPolicy({ partition, accountId }: TwinState): object {
  const Principal = { AWS: `arn:${partition}:iam::${accountId}:root` };
  return { Version: "2012-10-17", Statement: { Effect: "Allow", Principal, Action: "kms:*", Resource: "*" } };
}

/**
 * What a key is taken to allow whose policy the state does not hold, because another stack or AWS itself made it: the
 * account's own policies count, and a caller that comes through a service is let in, as the keys do that AWS manages.
 */
export function unknownKeyPolicy({ partition, accountId }: TwinState): object {
  const key = { Action: "kms:*", Resource: "*", Effect: "Allow" };
  return {
    Version: "2012-10-17",
    Statement: [
      { ...key, Principal: { AWS: `arn:${partition}:iam::${accountId}:root` } },
      {
        ...key,
        Principal: "*",
        Condition: { StringEquals: { "kms:CallerAccount": accountId }, Null: { "kms:ViaService": "false" } },
      },
      { ...key, Principal: "*", Condition: { Bool: { "aws:PrincipalIsAWSService": "true" } } },
    ],
  };
}

function grantOf(grant: Resource<"keyGrants">): Grant {
  const equals = grant.constraints.map((each) => each.encryption_context_equals).filter(hasEntries);
  return {
    granteePrincipal: grant.grantee_principal,
    actions: grant.operations.map((operation) => `kms:${operation}`),
    contextSubset: Object.assign({}, ...grant.constraints.map((each) => each.encryption_context_subset)),
    contextEquals: equals.length === 0 ? undefined : Object.assign({}, ...equals),
  };
}

function hasEntries(map: Readonly<Record<string, string>>): boolean {
  return Object.keys(map).length > 0;
}
