import { describe, expect, it } from "vitest";
import { denied, fails } from "../testing/fake-clients.ts";
import { find } from "../testing/find.ts";

const ROLE = "arn:aws:iam::123456789012:role/service/ingest";
const MANAGED = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
const BOUNDARY = "arn:aws:iam::123456789012:policy/boundary";
const KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const encoded = (action: string) =>
  encodeURIComponent(
    JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: action, Resource: "*" } }),
  );
const allows = (action: string) => ({ statements: [{ actions: [action] }] });

describe("a role", () => {
  const answers = {
    GetRole: ({ RoleName }: Readonly<Record<string, unknown>>) => ({
      Role: {
        RoleName,
        Arn: ROLE,
        AssumeRolePolicyDocument: encoded("sts:AssumeRole"),
        PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: BOUNDARY },
      },
    }),
    ListRolePolicies: ({ Marker }: Readonly<Record<string, unknown>>) =>
      Marker === undefined
        ? { PolicyNames: ["one"], IsTruncated: true, Marker: "2" }
        : { PolicyNames: ["two"], IsTruncated: false },
    GetRolePolicy: ({ PolicyName }: Readonly<Record<string, unknown>>) => ({
      PolicyDocument: encoded(`inline:${PolicyName}`),
    }),
    ListAttachedRolePolicies: () => ({
      AttachedPolicies: [{ PolicyName: "AWSLambdaBasicExecutionRole", PolicyArn: MANAGED }],
    }),
    GetPolicy: () => ({ Policy: { DefaultVersionId: "v3" } }),
    GetPolicyVersion: ({ PolicyArn, VersionId }: Readonly<Record<string, unknown>>) => ({
      PolicyVersion: { Document: encoded(`${PolicyArn === BOUNDARY ? "boundary" : "managed"}:${VersionId}`) },
    }),
  };

  it("is read with its trust, its inline and attached policies in their version in force, and its boundary", async () => {
    const found = await find("role", ROLE, answers);
    expect(found?.setting).toMatchObject({
      kind: "role",
      name: "ingest",
      arn: ROLE,
      trust: allows("sts:AssumeRole"),
      policies: [
        { name: "one", document: allows("inline:one") },
        { name: "two", document: allows("inline:two") },
        { name: MANAGED, document: allows("managed:v3") },
      ],
      permissionsBoundary: allows("boundary:v3"),
    });
    expect(found?.links).toEqual([]);
  });

  it("may have no policy at all", async () => {
    const found = await find("role", ROLE, {
      GetRole: () => ({ Role: { RoleName: "ingest", Arn: ROLE, AssumeRolePolicyDocument: encoded("sts:AssumeRole") } }),
      ListRolePolicies: () => ({ PolicyNames: [] }),
      ListAttachedRolePolicies: () => ({ AttachedPolicies: [] }),
    });
    expect(found?.setting).toMatchObject({ policies: [], permissionsBoundary: null });
  });

  it("is unread where a single policy of it is, since nobody knows what that allows or denies", async () => {
    await expect(find("role", ROLE, { ...answers, GetPolicyVersion: denied })).rejects.toMatchObject({
      errors: [
        { code: "AccessDeniedException", operation: "iam:GetPolicyVersion" },
        { code: "AccessDeniedException", operation: "iam:GetPolicyVersion" },
      ],
    });
  });

  it("is absent where AWS says so by name", async () => {
    expect(await find("role", ROLE, { GetRole: fails("NoSuchEntityException", 404) })).toBeUndefined();
  });

  it("of another account is unread, and no role of ours that has its name is taken for it", async () => {
    await expect(find("role", ROLE.replace("123456789012", "999999999999"), answers)).rejects.toMatchObject({
      errors: [{ code: "OtherAccount", operation: "iam:GetRole" }],
    });
  });
});

describe("a key", () => {
  const answers = {
    DescribeKey: () => ({ KeyMetadata: { Arn: KEY, KeyState: "Disabled", KeyManager: "CUSTOMER" } }),
    GetKeyPolicy: () => ({
      Policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" }],
      }),
    }),
    ListGrants: ({ Marker }: Readonly<Record<string, unknown>>) =>
      Marker === undefined
        ? {
            Grants: [
              {
                GranteePrincipal: ROLE,
                Operations: ["Decrypt"],
                Constraints: { EncryptionContextEquals: { "aws:lambda:FunctionArn": "f" } },
              },
            ],
            NextMarker: "2",
            Truncated: true,
          }
        : {
            Grants: [
              {
                GranteePrincipal: "dynamodb.eu-central-1.amazonaws.com",
                Operations: ["Decrypt", "GenerateDataKey"],
                Constraints: { EncryptionContextSubset: { a: "b" } },
              },
              { GranteePrincipal: ROLE, Operations: ["DescribeKey"] },
            ],
          },
  };

  it("is read with its policy and grants", async () => {
    const found = await find("key", KEY, answers);
    expect(found?.setting).toMatchObject({
      kind: "key",
      arn: KEY,
      state: "Disabled",
      manager: "CUSTOMER",
      policy: { statements: [{ principals: { "*": ["*"] }, actions: ["kms:*"] }] },
      grants: {
        kind: "read",
        value: [
          {
            granteePrincipal: ROLE,
            operations: ["Decrypt"],
            encryptionContext: { match: "equals", pairs: { "aws:lambda:FunctionArn": "f" } },
          },
          { operations: ["Decrypt", "GenerateDataKey"], encryptionContext: { match: "subset", pairs: { a: "b" } } },
          { operations: ["DescribeKey"], encryptionContext: { match: "any", pairs: {} } },
        ],
      },
    });
  });

  it("is read without its grants where those alone are denied, and says so", async () => {
    const found = await find("key", KEY, { ...answers, ListGrants: denied });
    expect(found?.setting).toMatchObject({
      state: "Disabled",
      policy: { statements: [{ actions: ["kms:*"] }] },
      grants: { kind: "unread", error: { code: "AccessDeniedException", operation: "kms:ListGrants" } },
    });
  });

  it("is unread where its policy is denied", async () => {
    await expect(find("key", KEY, { ...answers, GetKeyPolicy: denied })).rejects.toMatchObject({
      errors: [{ operation: "kms:GetKeyPolicy" }],
    });
  });

  it("is absent where AWS says so by name", async () => {
    expect(await find("key", KEY, { DescribeKey: fails("NotFoundException") })).toBeUndefined();
  });
});
