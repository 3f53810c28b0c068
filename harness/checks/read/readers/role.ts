import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import type { PolicyDocument, RoleSetting } from "../../../model/settings/identity-setting.ts";
import { needsOn } from "../../../model/settings/need.ts";
import type { Place } from "../../../model/settings/place.ts";
import { createMemo } from "../memo.ts";
import { allPages } from "../pages.ts";
import { parsePolicyDocument } from "../policy-document.ts";
import type { Reader, ReadTools } from "../reader.ts";
import { required, together, unread } from "../unread.ts";

const ROLE = "iam:GetRole";
const LIST_INLINE = "iam:ListRolePolicies";
const INLINE = "iam:GetRolePolicy";
const LIST_ATTACHED = "iam:ListAttachedRolePolicies";
const POLICY = "iam:GetPolicy";
const POLICY_VERSION = "iam:GetPolicyVersion";
const ABSENT = ["NoSuchEntityException", "NoSuchEntity"];

type NamedPolicy = RoleSetting["policies"][number];

/** A role with all of its policies. If one part cannot be read, what the role may do is unknown, so the whole is unread. */
export const roleReader: Reader<"role"> = {
  kind: "role",
  isLinked: true,

  needs: (arn, { partition, accountId }) => [
    ...needsOn(
      [ROLE, LIST_INLINE, INLINE, LIST_ATTACHED],
      [arn === "*" ? `arn:${partition}:iam::${accountId}:role/*` : arn],
    ),
    ...needsOn(
      [POLICY, POLICY_VERSION],
      [`arn:${partition}:iam::${accountId}:policy/*`, `arn:${partition}:iam::aws:policy/*`],
    ),
  ],

  async read(arn, tools) {
    requireOwn(arn, tools.place);
    const iam = await tools.clients.iam();
    const RoleName = arn.slice(arn.lastIndexOf("/") + 1);
    const answer = await tools.askIfAny(ROLE, ABSENT, (options) => iam.send(new GetRoleCommand({ RoleName }), options));
    if (answer === undefined) return undefined;
    const role = required(answer.Role, "Role", ROLE);
    const boundaryArn = role.PermissionsBoundary?.PermissionsBoundaryArn;
    const [inline, attached, permissionsBoundary] = await together([
      readInline(RoleName, iam, tools),
      readAttached(RoleName, iam, tools),
      boundaryArn === undefined ? null : readManaged(boundaryArn, iam, tools),
    ]);
    const trust = required(role.AssumeRolePolicyDocument, "AssumeRolePolicyDocument", ROLE);
    return {
      kind: "role",
      name: RoleName,
      arn: required(role.Arn, "Arn", ROLE),
      trust: parsePolicyDocument(trust, ROLE),
      policies: [...inline, ...attached],
      permissionsBoundary,
    };
  },

  links: () => [],
};

/** IAM looks up roles by name, and this account may have a role of the same name. */
function requireOwn(arn: string, { accountId }: Place): void {
  if (!arn.startsWith("arn:") || arn.split(":")[4] === accountId) return;
  const message = `the role belongs to another account than ${accountId}, and can only be read there`;
  throw unread("OtherAccount", message, ROLE);
}

async function readInline(RoleName: string, iam: IAMClient, { ask }: ReadTools): Promise<NamedPolicy[]> {
  const names = await allPages(LIST_INLINE, async (Marker) => {
    const page = await ask(LIST_INLINE, (options) =>
      iam.send(new ListRolePoliciesCommand({ RoleName, Marker }), options),
    );
    return { items: required(page.PolicyNames, "PolicyNames", LIST_INLINE), next: page.Marker };
  });
  return together(
    names.map(async (name) => {
      const answer = await ask(INLINE, (options) =>
        iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: name }), options),
      );
      const text = required(answer.PolicyDocument, "PolicyDocument", INLINE);
      return { name, document: parsePolicyDocument(text, INLINE) };
    }),
  );
}

async function readAttached(RoleName: string, iam: IAMClient, tools: ReadTools): Promise<NamedPolicy[]> {
  const attached = await allPages(LIST_ATTACHED, async (Marker) => {
    const page = await tools.ask(LIST_ATTACHED, (options) =>
      iam.send(new ListAttachedRolePoliciesCommand({ RoleName, Marker }), options),
    );
    return { items: required(page.AttachedPolicies, "AttachedPolicies", LIST_ATTACHED), next: page.Marker };
  });
  return together(
    attached.map(async ({ PolicyArn }) => {
      const arn = required(PolicyArn, "PolicyArn", LIST_ATTACHED);
      return { name: arn, document: await readManaged(arn, iam, tools) };
    }),
  );
}

const managedPolicies = createMemo<PolicyDocument>();

/** The default version of a managed policy, read once for all roles that share it. */
function readManaged(arn: string, iam: IAMClient, tools: ReadTools): Promise<PolicyDocument> {
  return managedPolicies(tools, arn, async () => {
    const answer = await tools.ask(POLICY, (options) => iam.send(new GetPolicyCommand({ PolicyArn: arn }), options));
    const VersionId = required(answer.Policy?.DefaultVersionId, "Policy.DefaultVersionId", POLICY);
    const version = await tools.ask(POLICY_VERSION, (options) =>
      iam.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId }), options),
    );
    const text = required(version.PolicyVersion?.Document, "PolicyVersion.Document", POLICY_VERSION);
    return parsePolicyDocument(text, POLICY_VERSION);
  });
}
