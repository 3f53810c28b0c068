import type { BucketSetting } from "../../model/settings/data-setting.ts";
import type { FunctionPolicySetting } from "../../model/settings/function-setting.ts";
import type { KeySetting, PolicyDocument, RoleSetting } from "../../model/settings/identity-setting.ts";
import type { NamedPolicy, PoliciesInForce, ResourcePolicy } from "./request.ts";

const NO_RESOURCE_POLICY: ResourcePolicy = { kind: "none" };

/** What a role's own policies and the resource's, where it has one, say to the role. */
export function policiesOfRole(role: RoleSetting, resource: ResourcePolicy = NO_RESOURCE_POLICY): PoliciesInForce {
  return {
    identity: role.policies.map(({ name, document }) => ({ name: `policy ${name} of role ${role.name}`, document })),
    boundary:
      role.permissionsBoundary === null
        ? null
        : { name: `the permissions boundary of role ${role.name}`, document: role.permissionsBoundary },
    resource,
  };
}

/** What a resource's policy says to those who have no policies of this account: services and other accounts. */
export function policiesOfResource(resource: ResourcePolicy): PoliciesInForce {
  return { identity: [], boundary: null, resource };
}

export function trustOf(role: RoleSetting): ResourcePolicy {
  return { kind: "trust", policy: { name: `the trust policy of role ${role.name}`, document: role.trust } };
}

/** `setting` null: the function has no policy. */
export function functionPolicy(setting: FunctionPolicySetting | null): ResourcePolicy {
  if (setting === null) return NO_RESOURCE_POLICY;
  return {
    kind: "policy",
    policy: { name: `the policy of function ${setting.functionName}`, document: setting.policy },
  };
}

export function bucketPolicy({ name, policy }: BucketSetting): ResourcePolicy {
  if (policy === null) return NO_RESOURCE_POLICY;
  return { kind: "policy", policy: { name: `the policy of bucket ${name}`, document: policy } };
}

export function keyPolicy(key: KeySetting): ResourcePolicy {
  return {
    kind: "key",
    policy: { name: `the policy of key ${key.arn}`, document: key.policy },
    grants: key.grants,
  };
}

/** The policy of a caller that may do everything: what is still denied, the resource's policy denies. */
export const EVERYTHING: NamedPolicy = {
  name: "an administrator's policy",
  document: {
    version: "2012-10-17",
    statements: [
      {
        sid: "",
        effect: "Allow",
        principals: {},
        notPrincipals: {},
        actions: ["*"],
        notActions: [],
        resources: ["*"],
        notResources: [],
        conditions: {},
      },
    ],
  },
};

/** A policy without what it denies, for rules that leave denials to another rule. */
export function withoutDenials(policy: PolicyDocument): PolicyDocument {
  return { ...policy, statements: policy.statements.filter(({ effect }) => effect === "Allow") };
}
