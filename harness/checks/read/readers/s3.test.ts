import { describe, expect, it } from "vitest";
import { denied, fails } from "../testing/fake-clients.ts";
import { find } from "../testing/find.ts";

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

describe("a bucket", () => {
  const functionArn = "arn:aws:lambda:eu-central-1:123456789012:function:content";
  const full = {
    GetBucketVersioning: () => ({ Status: "Enabled" }),
    GetBucketEncryption: () => ({
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: KEY },
            BucketKeyEnabled: true,
          },
        ],
      },
    }),
    GetPublicAccessBlock: () => ({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: false,
      },
    }),
    GetBucketPolicy: () => ({
      Policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "tls",
            Effect: "Deny",
            Principal: { AWS: "*" },
            Action: "s3:*",
            Resource: ["arn:aws:s3:::content", "arn:aws:s3:::content/*"],
            Condition: { Bool: { "aws:SecureTransport": false } },
          },
        ],
      }),
    }),
    GetBucketNotificationConfiguration: () => ({
      LambdaFunctionConfigurations: [
        {
          Id: "uploads",
          LambdaFunctionArn: functionArn,
          Events: ["s3:ObjectCreated:*"],
          Filter: {
            Key: {
              FilterRules: [
                { Name: "Prefix", Value: "in/" },
                { Name: "suffix", Value: ".json" },
              ],
            },
          },
        },
      ],
    }),
  };

  it("is read by its five parts, and leads to its key and functions", async () => {
    const found = await find("bucket", "content", full);
    expect(found?.setting).toMatchObject({
      kind: "bucket",
      name: "content",
      versioning: "Enabled",
      encryption: { algorithm: "aws:kms", keyArn: KEY, bucketKey: true },
      publicAccessBlock: {
        blockPublicAcls: true,
        ignorePublicAcls: true,
        blockPublicPolicy: true,
        restrictPublicBuckets: false,
      },
      policy: {
        statements: [{ effect: "Deny", conditions: { Bool: { "aws:SecureTransport": ["false"] } } }],
      },
      functionNotifications: [
        { id: "uploads", functionArn, events: ["s3:ObjectCreated:*"], prefix: "in/", suffix: ".json" },
      ],
    });
    expect(found?.links).toEqual([
      { kind: "function", subject: "content" },
      { kind: "key", subject: KEY },
    ]);
  });

  it("with nothing set has none of them: an error that says so is an answer", async () => {
    const found = await find("bucket", "content", {
      GetBucketVersioning: () => ({}),
      GetBucketEncryption: fails("ServerSideEncryptionConfigurationNotFoundError", 404),
      GetPublicAccessBlock: fails("NoSuchPublicAccessBlockConfiguration", 404),
      GetBucketPolicy: fails("NoSuchBucketPolicy", 404),
      GetBucketNotificationConfiguration: () => ({}),
    });
    expect(found).toEqual({
      setting: {
        kind: "bucket",
        name: "content",
        versioning: "Off",
        encryption: null,
        publicAccessBlock: null,
        policy: null,
        functionNotifications: [],
      },
      links: [],
    });
  });

  it("is absent where AWS says so by name", async () => {
    const gone = fails("NoSuchBucket", 404);
    const answers = Object.fromEntries(Object.keys(full).map((operation) => [operation, gone]));
    expect(await find("bucket", "content", answers)).toBeUndefined();
  });

  it("names every permission that is missing, by the name that IAM has for it", async () => {
    const answers = { ...full, GetBucketEncryption: denied, GetPublicAccessBlock: denied };
    await expect(find("bucket", "content", answers)).rejects.toMatchObject({
      errors: [{ operation: "s3:GetEncryptionConfiguration" }, { operation: "s3:GetBucketPublicAccessBlock" }],
    });
  });
});

describe("an object", () => {
  it("is read by its head, and leads to its key", async () => {
    const found = await find("object", "content/proof/i-1.txt", {
      HeadObject: ({ Bucket, Key }) =>
        Bucket === "content" && Key === "proof/i-1.txt"
          ? { ServerSideEncryption: "aws:kms", SSEKMSKeyId: KEY, LastModified: new Date(1_000) }
          : undefined,
    });
    expect(found).toEqual({
      setting: {
        kind: "object",
        bucket: "content",
        key: "proof/i-1.txt",
        encryption: "aws:kms",
        keyArn: KEY,
        lastModifiedMs: 1_000,
      },
      links: [{ kind: "key", subject: KEY }],
    });
  });

  it("is absent where S3 says so by name", async () => {
    const answers = { HeadObject: fails("NotFound", 404), GetObject: fails("NoSuchKey", 404) };
    expect(await find("object", "content/proof", answers)).toBeUndefined();
  });

  it("is unread where a 404 comes from anything else", async () => {
    const answers = { HeadObject: fails("NotFound", 404), GetObject: fails("UnknownError", 404) };
    await expect(find("object", "content/proof", answers)).rejects.toMatchObject({
      errors: [{ code: "UnknownError", operation: "s3:GetObject" }],
    });
  });
});
