import {
  GetInstanceProfileCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesForRoleCommand,
  ListRolePoliciesCommand,
  ListUsersCommand,
  paginateListRoles,
} from "@aws-sdk/client-iam";
import { describe, expect, it } from "vitest";
import { snapshotState } from "../../testing/states.ts";
import { denying, only } from "../testing/control-plane-server.ts";
import { serviceUnderTest } from "../testing/service-under-test.ts";

const state = snapshotState();
const roleNamed = (ending: string) => only(state.roles.filter(({ name }) => name.endsWith(ending)));
const ingest = roleNamed("-ingest");
const apiLogs = roleNamed("-api-logs");
const profile = only(state.instanceProfiles);
const managedArn = "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs";

const { client: iam, server, asking } = await serviceUnderTest(IAMClient, state);

const decoded = (document: string | undefined): unknown => JSON.parse(decodeURIComponent(document ?? ""));

describe("a role", () => {
  it("is what the state says, its trust policy URL-encoded", async () => {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: apiLogs.name }));
    expect(Role).toMatchObject({
      RoleName: apiLogs.name,
      Arn: apiLogs.arn,
      RoleId: apiLogs.unique_id,
      Path: "/",
      Description: apiLogs.description,
      MaxSessionDuration: 3600,
    });
    expect(Role?.CreateDate).toEqual(new Date(apiLogs.create_date ?? ""));
    expect(Role?.AssumeRolePolicyDocument).toMatch(/^%7B%22/);
    expect(decoded(Role?.AssumeRolePolicyDocument)).toEqual(JSON.parse(apiLogs.assume_role_policy));
  });

  it("that is not there is NoSuchEntity, 404", async () => {
    await expect(iam.send(new GetRoleCommand({ RoleName: "nobody" }))).rejects.toMatchObject({
      name: "NoSuchEntityException",
      message: "The role with name nobody cannot be found.",
      $metadata: { httpStatusCode: 404 },
    });
  });

  it("is listed page by page", async () => {
    const names: (string | undefined)[] = [];
    for await (const page of paginateListRoles({ client: iam, pageSize: 2 }, {})) {
      expect(page.Roles?.length).toBeLessThanOrEqual(2);
      names.push(...(page.Roles ?? []).map(({ RoleName }) => RoleName));
    }
    expect(names).toEqual(state.roles.map(({ name }) => name));
  });

  it("has its inline policies, their documents URL-encoded", async () => {
    const { PolicyNames } = await iam.send(new ListRolePoliciesCommand({ RoleName: ingest.name }));
    expect(PolicyNames).toEqual(["function"]);
    const read = await iam.send(new GetRolePolicyCommand({ RoleName: ingest.name, PolicyName: "function" }));
    const policy = only(state.rolePolicies.filter(({ role }) => role === ingest.name));
    expect(decoded(read.PolicyDocument)).toEqual(JSON.parse(policy.policy));
  });

  it("has one inline policy where the state shows it twice, as its own resource has it", async () => {
    const changed = state.rolePolicies.map((policy) =>
      policy.role === ingest.name ? { ...policy, policy: '{"Version":"2012-10-17","Statement":[]}' } : policy,
    );
    await asking({ ...state, rolePolicies: changed }, async (client) => {
      const read = await client.send(new GetRolePolicyCommand({ RoleName: ingest.name, PolicyName: "function" }));
      expect(decoded(read.PolicyDocument)).toEqual({ Version: "2012-10-17", Statement: [] });
    });
  });

  it("has its attached policies once each", async () => {
    const read = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: apiLogs.name }));
    expect(read.AttachedPolicies).toEqual([
      { PolicyArn: managedArn, PolicyName: "AmazonAPIGatewayPushToCloudWatchLogs" },
    ]);
    expect(read.IsTruncated).toBe(false);
  });

  it("has none of either where there is none", async () => {
    expect((await iam.send(new ListRolePoliciesCommand({ RoleName: apiLogs.name }))).PolicyNames).toEqual([]);
    const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: ingest.name }));
    expect(attached.AttachedPolicies).toEqual([]);
  });
});

describe("a managed policy", () => {
  it("of AWS' own has its version and document", async () => {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: managedArn }));
    expect(Policy).toMatchObject({
      PolicyName: "AmazonAPIGatewayPushToCloudWatchLogs",
      Path: "/service-role/",
      AttachmentCount: 1,
    });
    const read = await iam.send(
      new GetPolicyVersionCommand({ PolicyArn: managedArn, VersionId: Policy?.DefaultVersionId }),
    );
    expect(decoded(read.PolicyVersion?.Document)).toMatchObject({
      Statement: [{ Effect: "Allow", Action: expect.arrayContaining(["logs:PutLogEvents"]) }],
    });
  });

  it("of AWS' own that the twin does not know is a failure, not an absence", async () => {
    const ask = { PolicyArn: "arn:aws:iam::aws:policy/AmazonBraketFullAccess", VersionId: "v1" };
    await asking(state, async (client) => {
      await expect(client.send(new GetPolicyVersionCommand(ask))).rejects.toMatchObject({
        message: expect.stringContaining("AmazonBraketFullAccess"),
        $metadata: { httpStatusCode: 500 },
      });
    });
  });

  it("of the account has the document that Terraform gave it", async () => {
    const arn = `arn:aws:iam::${state.accountId}:policy/team/reads`;
    const document = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}';
    const common = { policy_id: undefined, description: undefined, tags_all: {} };
    const own = { address: "aws_iam_policy.reads", arn, name: "reads", path: "/team/", policy: document, ...common };
    await asking({ ...state, policies: [own] }, async (client) => {
      const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn: arn }));
      expect(Policy).toMatchObject({ PolicyName: "reads", Path: "/team/", DefaultVersionId: "v1", AttachmentCount: 0 });
      const read = await client.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: "v1" }));
      expect(decoded(read.PolicyVersion?.Document)).toEqual(JSON.parse(document));
    });
  });

  it("that is not there is NoSuchEntity", async () => {
    const PolicyArn = `arn:aws:iam::${state.accountId}:policy/nothing`;
    await expect(iam.send(new GetPolicyCommand({ PolicyArn }))).rejects.toMatchObject({
      name: "NoSuchEntityException",
    });
  });
});

describe("an instance profile", () => {
  it("shows its role", async () => {
    const ask = new GetInstanceProfileCommand({ InstanceProfileName: profile.name });
    const { InstanceProfile } = await iam.send(ask);
    expect(InstanceProfile).toMatchObject({
      Arn: profile.arn,
      InstanceProfileId: profile.unique_id,
      Roles: [{ RoleName: profile.role }],
    });
  });

  it("is found by its role", async () => {
    const read = await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName: profile.role }));
    expect(only(read.InstanceProfiles).InstanceProfileName).toBe(profile.name);
  });
});

describe("a user", () => {
  it("that asks for nobody is itself", async () => {
    expect((await iam.send(new GetUserCommand({}))).User).toMatchObject({
      UserName: "stackproof",
      Arn: `arn:aws:iam::${state.accountId}:user/stackproof`,
    });
  });

  it("with a role's credentials has to name one", async () => {
    const client = new IAMClient(server.clientConfig({ kind: "role", roleArn: ingest.arn, sessionName: "check" }));
    await expect(client.send(new GetUserCommand({}))).rejects.toMatchObject({ name: "ValidationError" });
    client.destroy();
  });
});

describe("the service", () => {
  it("asks whether the caller may, with the role's ARN", async () => {
    await iam.send(new ListRolePoliciesCommand({ RoleName: ingest.name }));
    expect(server.asked.at(-1)).toMatchObject({ action: "iam:ListRolePolicies", resourceArn: ingest.arn });
  });

  it("answers AccessDenied, 403, to who may not", async () => {
    await asking(
      state,
      async (client) => {
        await expect(client.send(new GetRoleCommand({ RoleName: ingest.name }))).rejects.toMatchObject({
          name: "AccessDenied",
          message: expect.stringMatching(
            /^User: arn:aws:sts::\d+:assumed-role\/.*-ingest\/check is not authorized to perform: iam:GetRole on resource: /,
          ),
          $metadata: { httpStatusCode: 403 },
        });
      },
      { authorizer: denying("iam:GetRole"), principal: { kind: "role", roleArn: ingest.arn, sessionName: "check" } },
    );
  });

  it("counts what it does not implement", async () => {
    await expect(iam.send(new ListUsersCommand({}))).rejects.toMatchObject({ name: "InvalidAction" });
    expect(server.unimplemented.counts()).toContainEqual({ service: "iam", operation: "ListUsers", count: 1 });
  });
});
