import { z } from "zod";
import type { ServiceAnswer } from "../../model/service.ts";
import { attachedPolicyArnsOf, inlinePoliciesOf } from "../../state/kept-apart.ts";
import type { Resource, TwinState } from "../../state/twin-state.ts";
import { ok } from "../answer.ts";
import type { ControlPlaneParts } from "../control-plane-parts.ts";
import { derivedIamId, momentOf } from "../derived.ts";
import { type Mapping, mapped, tagList } from "../mapping.ts";
import { type Operation, operation } from "../operation.ts";
import { encodedDocument, iamArn, noSuchEntity } from "./iam-parts.ts";
import { listed, PAGING } from "./listing.ts";

type Role = Resource<"roles">;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html; lists leave out tags, boundary and last use. */
const listedRole: Mapping<Role> = {
  Path: "path",
  RoleName: "name",
  RoleId: ({ arn, unique_id }) => unique_id ?? derivedIamId("AROA", arn),
  Arn: "arn",
  CreateDate: ({ create_date }) => momentOf(create_date),
  AssumeRolePolicyDocument: ({ assume_role_policy }) => encodedDocument(assume_role_policy),
  Description: "description",
  MaxSessionDuration: "max_session_duration",
};

const wholeRole: Mapping<Role> = {
  ...listedRole,
  PermissionsBoundary: ({ permissions_boundary }) =>
    permissions_boundary && { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: permissions_boundary },
  Tags: ({ tags_all }) => tagList(tags_all),
  RoleLastUsed: () => ({}),
};

export const roleOf = (role: Role) => mapped(role, listedRole);

function findRole({ roles }: TwinState, name: string): Role | undefined {
  return roles.find((role) => role.name === name);
}

/** An operation on one role, which it names. */
function aboutRole<I extends { readonly RoleName: string }>(
  { state }: ControlPlaneParts,
  action: string,
  input: z.ZodType<I>,
  answer: (role: Role, input: I) => ServiceAnswer,
): Operation {
  return operation({
    input,
    access: ({ RoleName }) => [
      { action, resourceArn: findRole(state, RoleName)?.arn ?? iamArn(state, "role", RoleName) },
    ],
    run(call) {
      const role = findRole(state, call.RoleName);
      if (role === undefined) return noSuchEntity(`The role with name ${call.RoleName} cannot be found.`);
      return answer(role, call);
    },
  });
}

const roleInput = z.object({ RoleName: z.string().min(1).max(64) });
const rolePageInput = z.object({ RoleName: z.string().min(1).max(64), ...PAGING });

export function getRole(parts: ControlPlaneParts): Operation {
  return aboutRole(parts, "iam:GetRole", roleInput, (role) => ok({ Role: mapped(role, wholeRole) }));
}

export function listRoles({ state }: ControlPlaneParts): Operation {
  return operation({
    input: z.object({ PathPrefix: z.string().optional(), ...PAGING }),
    access: ({ PathPrefix = "/" }) => [
      { action: "iam:ListRoles", resourceArn: iamArn(state, "role", PathPrefix.replace(/^\//, "")) },
    ],
    run: (call) =>
      listed("Roles", state.roles.filter(({ path }) => path.startsWith(call.PathPrefix ?? "/")).map(roleOf), call),
  });
}

export function listRolePolicies(parts: ControlPlaneParts): Operation {
  return aboutRole(parts, "iam:ListRolePolicies", rolePageInput, (role, call) => {
    const names = inlinePoliciesOf(parts.state, role).map(({ name }) => name);
    return listed("PolicyNames", names, call);
  });
}

const rolePolicyInput = z.object({ RoleName: z.string().min(1).max(64), PolicyName: z.string() });

export function getRolePolicy(parts: ControlPlaneParts): Operation {
  return aboutRole(parts, "iam:GetRolePolicy", rolePolicyInput, (role, { RoleName, PolicyName }) => {
    const policy = inlinePoliciesOf(parts.state, role).find(({ name }) => name === PolicyName);
    if (policy === undefined) return noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
    return ok({ RoleName, PolicyName, PolicyDocument: encodedDocument(policy.document) });
  });
}

export function listAttachedRolePolicies(parts: ControlPlaneParts): Operation {
  return aboutRole(parts, "iam:ListAttachedRolePolicies", rolePageInput, (role, call) => {
    const attached = attachedPolicyArnsOf(parts.state, role).map((PolicyArn) => ({
      PolicyName: PolicyArn.split("/").at(-1),
      PolicyArn,
    }));
    return listed("AttachedPolicies", attached, call);
  });
}

export function listInstanceProfilesForRole(parts: ControlPlaneParts): Operation {
  return aboutRole(parts, "iam:ListInstanceProfilesForRole", rolePageInput, (role, call) => {
    const profiles = parts.state.instanceProfiles.filter((profile) => profile.role === role.name);
    return listed(
      "InstanceProfiles",
      profiles.map((profile) => instanceProfileOf(parts.state, profile)),
      call,
    );
  });
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_InstanceProfile.html */
export function instanceProfileOf(state: TwinState, profile: Resource<"instanceProfiles">): Record<string, unknown> {
  return mapped(profile, {
    Path: "path",
    InstanceProfileName: "name",
    InstanceProfileId: ({ arn, unique_id }) => unique_id ?? derivedIamId("AIPA", arn),
    Arn: "arn",
    CreateDate: ({ create_date }) => momentOf(create_date),
    Roles: ({ role }) => state.roles.filter(({ name }) => name === role).map(roleOf),
    Tags: ({ tags_all }) => tagList(tags_all),
  });
}
