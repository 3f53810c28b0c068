import { z } from "zod";
import type { Service, ServiceAnswer } from "../../model/service.ts";
import { keyPolicyOf } from "../../state/kept-apart.ts";
import { failed, ok } from "../answer.ts";
import type { ControlPlaneParts } from "../control-plane-parts.ts";
import { mapped } from "../mapping.ts";
import { createService, jsonErrors, type Operation, operation } from "../operation.ts";
import { pageOf } from "../page.ts";
import { keyMetadata } from "./key-metadata.ts";
import { findKey, type Key, keyArnOf, keyNotFound } from "./keys.ts";

/** AWS KMS, to be read: keys, policies, aliases and grants of the state. */
export function createKms(parts: ControlPlaneParts): Service {
  return createService("kms", parts.authorizer, jsonErrors, {
    DescribeKey: describeKey(parts),
    GetKeyPolicy: getKeyPolicy(parts),
    ListKeyPolicies: listKeyPolicies(parts),
    GetKeyRotationStatus: getKeyRotationStatus(parts),
    ListAliases: listAliases(parts),
    ListGrants: listGrants(parts),
    ListResourceTags: listResourceTags(parts),
  });
}

const keyInput = z.object({ KeyId: z.string().min(1).max(2048) });
type KeyInput = z.infer<typeof keyInput>;

const PAGING = { Marker: z.string().optional(), Limit: z.int().min(1).max(1000).optional() };
const keyPageInput = z.object({ ...keyInput.shape, ...PAGING });

/** An operation on one key, which it names. */
function aboutKey<I extends KeyInput>(
  { state }: ControlPlaneParts,
  action: string,
  input: z.ZodType<I>,
  answer: (key: Key, input: I) => ServiceAnswer,
  takesAlias = false,
): Operation {
  return operation({
    input,
    access: ({ KeyId }) => [{ action, resourceArn: keyArnOf(state, KeyId, takesAlias) }],
    run(call) {
      const key = findKey(state, call.KeyId, takesAlias);
      return key === undefined ? keyNotFound(state, call.KeyId) : answer(key, call);
    },
  });
}

function describeKey(parts: ControlPlaneParts): Operation {
  const answer = (key: Key) => ok({ KeyMetadata: mapped(key, keyMetadata(parts.state)) });
  return aboutKey(parts, "kms:DescribeKey", keyInput, answer, true);
}

const policyInput = z.object({ ...keyInput.shape, PolicyName: z.string().optional() });

function getKeyPolicy(parts: ControlPlaneParts): Operation {
  return aboutKey(parts, "kms:GetKeyPolicy", policyInput, (key, { PolicyName = "default" }) => {
    if (PolicyName !== "default") return failed("NotFoundException", `No such policy exists: ${PolicyName}`);
    return ok({ Policy: keyPolicyOf(parts.state, key) ?? defaultPolicy(parts), PolicyName });
  });
}

/** What KMS gives a key that is made without a policy. https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function defaultPolicy({ state: { partition, accountId } }: ControlPlaneParts): string {
  const Principal = { AWS: `arn:${partition}:iam::${accountId}:root` };
  const statement = { Sid: "Enable IAM User Permissions", Effect: "Allow", Principal, Action: "kms:*", Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Id: "key-default-1", Statement: [statement] });
}

function listKeyPolicies(parts: ControlPlaneParts): Operation {
  return aboutKey(parts, "kms:ListKeyPolicies", keyPageInput, () => ok({ PolicyNames: ["default"], Truncated: false }));
}

/** A key rotates each year unless it says otherwise; a period of 0 in a state is none. https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html */
function getKeyRotationStatus(parts: ControlPlaneParts): Operation {
  return aboutKey(parts, "kms:GetKeyRotationStatus", keyInput, (key) => {
    const period = key.enable_key_rotation ? { RotationPeriodInDays: key.rotation_period_in_days || 365 } : {};
    return ok({ KeyId: key.arn, KeyRotationEnabled: key.enable_key_rotation, ...period });
  });
}

function listAliases({ state }: ControlPlaneParts): Operation {
  return operation({
    input: z.object({ KeyId: z.string().optional(), ...PAGING }),
    access: () => [{ action: "kms:ListAliases", resourceArn: "*" }],
    run({ KeyId, Marker, Limit }) {
      const key = KeyId === undefined ? undefined : findKey(state, KeyId);
      if (KeyId !== undefined && key === undefined) return keyNotFound(state, KeyId);
      const aliases = state.keyAliases
        .filter(({ target_key_id }) => key === undefined || [key.key_id, key.arn].includes(target_key_id))
        .map((alias) => mapped(alias, { AliasName: "name", AliasArn: "arn", TargetKeyId: "target_key_id" }));
      return listed("Aliases", aliases, Marker, Limit ?? 50);
    },
  });
}

function listGrants(parts: ControlPlaneParts): Operation {
  return aboutKey(parts, "kms:ListGrants", keyPageInput, (key, { Marker, Limit }) => {
    const grants = parts.state.keyGrants
      .filter(({ key_id }) => key_id === key.key_id || key_id === key.arn)
      .map((grant) =>
        mapped(grant, {
          KeyId: () => key.arn,
          GrantId: "grant_id",
          GranteePrincipal: "grantee_principal",
          RetiringPrincipal: "retiring_principal",
          IssuingAccount: () => `arn:${parts.state.partition}:iam::${parts.state.accountId}:root`,
          Operations: "operations",
          Constraints: ({ constraints: [constraint] }) => constraint && constraintsOf(constraint),
        }),
      );
    return listed("Grants", grants, Marker, Limit ?? 50);
  });
}

interface Constraint {
  readonly encryption_context_equals: Readonly<Record<string, string>>;
  readonly encryption_context_subset: Readonly<Record<string, string>>;
}

function constraintsOf({ encryption_context_equals: equals, encryption_context_subset: subset }: Constraint) {
  return {
    EncryptionContextEquals: Object.keys(equals).length === 0 ? undefined : equals,
    EncryptionContextSubset: Object.keys(subset).length === 0 ? undefined : subset,
  };
}

function listResourceTags(parts: ControlPlaneParts): Operation {
  return aboutKey(parts, "kms:ListResourceTags", keyPageInput, (key, { Marker, Limit }) => {
    const tags = Object.entries(key.tags_all).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
    return listed("Tags", tags, Marker, Math.min(Limit ?? 50, 50));
  });
}

function listed(member: string, all: readonly unknown[], marker: string | undefined, limit: number): ServiceAnswer {
  const page = pageOf(all, marker, limit);
  if (page === undefined) return failed("InvalidMarkerException", "Could not deserialize marker");
  return ok({ [member]: page.items, Truncated: page.next !== undefined, NextMarker: page.next });
}
