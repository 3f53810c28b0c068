import { describe, expect, it } from "vitest";
import type { BucketSetting } from "../../../model/settings/data-setting.ts";
import { onlyResult } from "../../testing/describe-rule.ts";
import { type AccountBuilder, ARNS, contextOf, healthyAccount, NAMES } from "../../testing/healthy-account.ts";
import { bucketUnencrypted } from "./rule.ts";

const OTHER_KEY = "arn:aws:kms:us-east-1:123456789012:key/1b2c3d4e-0000-4000-8000-000000000000";
const ALIAS = "arn:aws:kms:us-east-1:123456789012:alias/stackproof-dev";
const KEY_ID = ARNS.key.slice(ARNS.key.lastIndexOf("/") + 1);

const judge = (account: AccountBuilder, context = contextOf("upload")) =>
  onlyResult(bucketUnencrypted, account, context);
const bucket = (change: Partial<BucketSetting>) => healthyAccount().change("bucket", NAMES.contentBucket, () => change);
const encrypted = (algorithm: string, keyArn: string) => bucket({ encryption: { algorithm, keyArn, bucketKey: true } });

/** With a second key of the account. */
function withOtherKey(account: AccountBuilder): AccountBuilder {
  return account.with({ ...account.get("key", ARNS.key), arn: OTHER_KEY });
}

describe("bucket.unencrypted holds", () => {
  it.each([
    ["as the reference stack is", healthyAccount()],
    ["without a bucket key", bucket({ encryption: { algorithm: "aws:kms", keyArn: ARNS.key, bucketKey: false } })],
    ["with two layers", encrypted("aws:kms:dsse", ARNS.key)],
    ["with the key's id in place of its ARN", encrypted("aws:kms", KEY_ID)],
  ])("%s", (_, account) => {
    expect(judge(account)).toMatchObject({ verdict: "pass" });
  });

  it.each([
    ["where the pipeline names another", ARNS.key],
    ["where the pipeline names none", undefined],
  ])("with any customer-managed key %s", (_, key) => {
    const context = contextOf("upload", { key });
    expect(judge(withOtherKey(encrypted("aws:kms", OTHER_KEY)), context)).toMatchObject({ verdict: "pass" });
  });
});

describe("bucket.unencrypted fails", () => {
  it.each([
    ["without an encryption configuration", bucket({ encryption: null }), "no default encryption"],
    ["with S3's own key", encrypted("AES256", ""), "default encryption with AES256"],
    ["with AWS' own KMS key", encrypted("aws:kms", ""), "default encryption with AWS' own key"],
    ["with AWS' own KMS key by name", encrypted("aws:kms", "alias/aws/s3"), "default encryption with AWS' own key"],
    [
      "with a key that does not exist",
      encrypted("aws:kms", OTHER_KEY).absent("key", OTHER_KEY),
      `${OTHER_KEY} does not exist`,
    ],
    [
      "with AWS' own KMS key by its ARN",
      withOtherKey(encrypted("aws:kms", OTHER_KEY)).change("key", OTHER_KEY, () => ({ manager: "AWS" })),
      "default encryption with AWS' own key",
    ],
    ["without versioning", bucket({ versioning: "Off" }), "versioning off"],
    ["with versioning suspended", bucket({ versioning: "Suspended" }), "versioning suspended"],
    [
      "without public access block",
      bucket({ publicAccessBlock: null }),
      "public access not blocked (all four settings)",
    ],
    [
      "with one of its settings off",
      bucket({
        publicAccessBlock: {
          blockPublicAcls: true,
          ignorePublicAcls: true,
          blockPublicPolicy: false,
          restrictPublicBuckets: true,
        },
      }),
      "public access not blocked (blockPublicPolicy)",
    ],
  ])("%s", (_, account, cause) => {
    expect(judge(account)).toMatchObject({
      verdict: "fail",
      cause: expect.stringContaining(cause),
      remedy: { terraform: { hcl: expect.stringContaining(`= "${NAMES.contentBucket}"`) } },
      cuts: [],
    });
  });

  it("with AWS' own key where the pipeline names none", () => {
    expect(judge(encrypted("AES256", ""), contextOf("upload", { key: undefined }))).toMatchObject({ verdict: "fail" });
  });

  it("says everything that is wrong at once", () => {
    expect(judge(bucket({ encryption: null, versioning: "Off" }))).toMatchObject({
      cause: expect.stringMatching(/no default encryption.*versioning off/),
      remedy: {
        terraform: { hcl: expect.stringMatching(/server_side_encryption_configuration.*aws_s3_bucket_versioning/s) },
      },
    });
  });
});

describe("bucket.unencrypted does not know", () => {
  it("which key an alias is for that could not be read", () => {
    const account = encrypted("aws:kms", ALIAS).unread("key", ALIAS, "kms:DescribeKey");
    expect(judge(account)).toMatchObject({ verdict: "unknown", remedy: expect.stringContaining("kms:DescribeKey") });
  });

  it("a bucket that could not be read", () => {
    const account = healthyAccount().unread("bucket", NAMES.contentBucket, "s3:GetEncryptionConfiguration");
    expect(judge(account)).toMatchObject({
      verdict: "unknown",
      remedy: expect.stringContaining("s3:GetEncryptionConfiguration"),
    });
  });
});
