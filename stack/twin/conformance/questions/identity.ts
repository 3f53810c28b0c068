import {
  GetInstanceProfileCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesForRoleCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListAliasesCommand,
  ListGrantsCommand,
} from "@aws-sdk/client-kms";
import type { TwinState } from "../../state/index.ts";
import { attachedPolicyArnsOf, inlinePoliciesOf } from "../../state/kept-apart.ts";
import { byName, picked, policyOf, type Question, type Questions } from "../question.ts";

const decoded = (document: string | undefined): unknown =>
  document === undefined ? undefined : JSON.parse(decodeURIComponent(document));

/** Roles, policies and keys: A5, A6, A8, B2, B3, B12, B14. */
export const identityQuestions: Questions = (state) => [
  ...state.roles.flatMap((role) => roleQuestions(state, role)),
  ...[...new Set(state.roles.flatMap((role) => attachedPolicyArnsOf(state, role)))].map(managedPolicyQuestion),
  ...state.instanceProfiles.map(
    ({ name }): Question => ({
      name: `iam:GetInstanceProfile ${name}`,
      ask: async ({ iam }) => {
        const { InstanceProfile } = await iam.send(new GetInstanceProfileCommand({ InstanceProfileName: name }));
        const roles = InstanceProfile?.Roles?.map(({ Arn }) => Arn);
        return { ...picked(InstanceProfile, "Arn", "InstanceProfileName", "InstanceProfileId", "Path"), roles };
      },
    }),
  ),
  ...state.keys.flatMap(({ key_id }) => keyQuestions(key_id)),
];

function roleQuestions(state: TwinState, role: TwinState["roles"][number]): Question[] {
  const RoleName = role.name;
  return [
    {
      name: `iam:GetRole ${RoleName}`,
      ask: async ({ iam }) => {
        const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
        return {
          ...picked(Role, "Arn", "RoleId", "Path", "Description", "MaxSessionDuration", "CreateDate"),
          trust: decoded(Role?.AssumeRolePolicyDocument),
          boundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
        };
      },
    },
    {
      name: `iam:ListRolePolicies ${RoleName}`,
      ask: async ({ iam }) => (await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames,
    },
    {
      name: `iam:ListAttachedRolePolicies ${RoleName}`,
      ask: async ({ iam }) => (await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies,
    },
    {
      name: `iam:ListInstanceProfilesForRole ${RoleName}`,
      ask: async ({ iam }) => {
        const read = await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName }));
        return read.InstanceProfiles?.map(({ Arn }) => Arn);
      },
    },
    ...inlinePoliciesOf(state, role).map(
      ({ name: PolicyName }): Question => ({
        name: `iam:GetRolePolicy ${RoleName} ${PolicyName}`,
        ask: async ({ iam }) =>
          decoded((await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))).PolicyDocument),
      }),
    ),
  ];
}

const managedPolicyQuestion = (PolicyArn: string): Question => ({
  name: `iam:GetPolicyVersion ${PolicyArn}`,
  ask: async ({ iam }) => {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    const VersionId = Policy?.DefaultVersionId;
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
    return { ...picked(Policy, "PolicyName", "Path", "DefaultVersionId"), document: decoded(PolicyVersion?.Document) };
  },
});

const keyQuestions = (KeyId: string): Question[] => [
  {
    name: `kms:DescribeKey ${KeyId}`,
    ask: async ({ kms }) =>
      picked(
        (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata,
        ...(["AWSAccountId", "KeyId", "Arn", "Enabled", "KeyState", "Description", "KeyUsage", "KeySpec"] as const),
        ...(["Origin", "KeyManager", "MultiRegion", "EncryptionAlgorithms"] as const),
      ),
  },
  {
    name: `kms:GetKeyPolicy ${KeyId}`,
    ask: async ({ kms }) =>
      policyOf((await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" }))).Policy),
  },
  {
    name: `kms:GetKeyRotationStatus ${KeyId}`,
    ask: async ({ kms }) =>
      picked(await kms.send(new GetKeyRotationStatusCommand({ KeyId })), "KeyRotationEnabled", "RotationPeriodInDays"),
  },
  {
    name: `kms:ListAliases ${KeyId}`,
    ask: async ({ kms }) => {
      const { Aliases } = await kms.send(new ListAliasesCommand({ KeyId }));
      const aliases = Aliases?.map((alias) => picked(alias, "AliasName", "AliasArn", "TargetKeyId"));
      return byName(aliases, ({ AliasName }) => AliasName);
    },
  },
  {
    name: `kms:ListGrants ${KeyId}`,
    ask: async ({ kms }) => (await kms.send(new ListGrantsCommand({ KeyId }))).Grants,
  },
];
