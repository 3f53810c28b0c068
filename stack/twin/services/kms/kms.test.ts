import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListKeyPoliciesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  paginateListAliases,
  paginateListGrants,
} from "@aws-sdk/client-kms";
import { describe, expect, it } from "vitest";
import { snapshotState } from "../../testing/states.ts";
import { denying, only } from "../testing/control-plane-server.ts";
import { serviceUnderTest } from "../testing/service-under-test.ts";

const state = snapshotState();
const key = only(state.keys);
const alias = only(state.keyAliases);

const { client: kms, server, asking } = await serviceUnderTest(KMSClient, state);

describe("a key", () => {
  it.each([
    ["id", key.key_id],
    ["ARN", key.arn],
    ["alias", alias.name],
    ["alias' ARN", alias.arn],
  ])("is described by its %s", async (_by, KeyId) => {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    expect(KeyMetadata).toMatchObject({
      KeyId: key.key_id,
      Arn: key.arn,
      AWSAccountId: state.accountId,
      Description: key.description,
      Enabled: true,
      KeyState: "Enabled",
      KeyUsage: "ENCRYPT_DECRYPT",
      KeySpec: "SYMMETRIC_DEFAULT",
      KeyManager: "CUSTOMER",
      Origin: "AWS_KMS",
    });
  });

  it("that Terraform has switched off is Disabled", async () => {
    const off = { ...state, keys: [{ ...key, is_enabled: false }] };
    const { KeyMetadata } = await asking(off, (client) => client.send(new DescribeKeyCommand({ KeyId: key.arn })));
    expect(KeyMetadata).toMatchObject({ Enabled: false, KeyState: "Disabled" });
  });

  it("has its policy, and no other than the one named default", async () => {
    const { Policy = "" } = await kms.send(new GetKeyPolicyCommand({ KeyId: key.arn, PolicyName: "default" }));
    expect(JSON.parse(Policy)).toEqual(JSON.parse(key.policy ?? ""));
    expect((await kms.send(new ListKeyPoliciesCommand({ KeyId: key.arn }))).PolicyNames).toEqual(["default"]);
  });

  it("has the policy that Terraform keeps apart from it, where there is one", async () => {
    const apart = { address: "aws_kms_key_policy.main", key_id: key.key_id, policy: '{"Statement":[]}' };
    const read = await asking({ ...state, keyPolicies: [apart] }, (client) =>
      client.send(new GetKeyPolicyCommand({ KeyId: key.key_id })),
    );
    expect(read.Policy).toBe('{"Statement":[]}');
  });

  it("made without a policy has KMS' own, which trusts the account", async () => {
    const bare = { ...state, keys: [{ ...key, policy: undefined }] };
    const { Policy = "" } = await asking(bare, (client) => client.send(new GetKeyPolicyCommand({ KeyId: key.key_id })));
    expect(JSON.parse(Policy)).toMatchObject({
      Statement: [{ Principal: { AWS: `arn:aws:iam::${state.accountId}:root` }, Action: "kms:*" }],
    });
  });

  it("rotates as the state says", async () => {
    const read = await kms.send(new GetKeyRotationStatusCommand({ KeyId: key.key_id }));
    expect(read).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 365 });
  });

  it("has its tags", async () => {
    const { Tags = [] } = await kms.send(new ListResourceTagsCommand({ KeyId: key.key_id }));
    expect(Object.fromEntries(Tags.map(({ TagKey, TagValue }) => [TagKey, TagValue]))).toEqual(key.tags_all);
  });

  it("that is not there is NotFoundException", async () => {
    const KeyId = "00000000-0000-4000-8000-000000000000";
    await expect(kms.send(new DescribeKeyCommand({ KeyId }))).rejects.toMatchObject({
      name: "NotFoundException",
      message: `Key 'arn:aws:kms:${state.region}:${state.accountId}:key/${KeyId}' does not exist`,
    });
    await expect(kms.send(new DescribeKeyCommand({ KeyId: "alias/nothing" }))).rejects.toMatchObject({
      message: expect.stringContaining("Alias"),
    });
  });
});

describe("aliases and grants", () => {
  it("lists the aliases of the account, or of one key", async () => {
    for (const input of [{}, { KeyId: key.key_id }]) {
      const found: unknown[] = [];
      for await (const page of paginateListAliases({ client: kms }, input)) found.push(...(page.Aliases ?? []));
      expect(found).toMatchObject([{ AliasName: alias.name, AliasArn: alias.arn, TargetKeyId: key.key_id }]);
    }
  });

  it("lists grants page by page with their constraints", async () => {
    const grants = [1, 2, 3].map((number) => ({
      address: `aws_kms_grant.each[${number}]`,
      key_id: key.key_id,
      grant_id: `grant-${number}`,
      grantee_principal: "arn:aws:iam::123456789012:role/reader",
      operations: ["Decrypt"],
      retiring_principal: undefined,
      constraints: [{ encryption_context_equals: { purpose: "proof" }, encryption_context_subset: {} }],
    }));
    const found = await asking({ ...state, keyGrants: grants }, async (client) => {
      const all: unknown[] = [];
      for await (const page of paginateListGrants({ client, pageSize: 2 }, { KeyId: key.arn })) {
        all.push(...(page.Grants ?? []));
      }
      return all;
    });
    expect(found).toMatchObject(
      grants.map(({ grant_id }) => ({
        GrantId: grant_id,
        Operations: ["Decrypt"],
        Constraints: { EncryptionContextEquals: { purpose: "proof" } },
      })),
    );
  });
});

describe("the service", () => {
  it("asks with the key's ARN, whatever the key is called by", async () => {
    await kms.send(new DescribeKeyCommand({ KeyId: alias.name }));
    expect(server.asked.at(-1)).toMatchObject({ action: "kms:DescribeKey", resourceArn: key.arn });
  });

  it("answers AccessDeniedException, 400, to who may not", async () => {
    await asking(
      state,
      async (client) => {
        await expect(client.send(new GetKeyPolicyCommand({ KeyId: key.arn }))).rejects.toMatchObject({
          name: "AccessDeniedException",
          $metadata: { httpStatusCode: 400 },
        });
      },
      { authorizer: denying("kms:GetKeyPolicy") },
    );
  });

  it("counts what it does not implement", async () => {
    await expect(kms.send(new ListKeysCommand({}))).rejects.toMatchObject({ name: "UnknownOperationException" });
    expect(server.unimplemented.counts()).toContainEqual({ service: "kms", operation: "ListKeys", count: 1 });
  });
});
