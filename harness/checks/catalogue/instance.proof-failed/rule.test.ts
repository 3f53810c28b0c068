import { expect, it } from "vitest";
import {
  asItIs,
  boundary,
  bucketPolicy,
  each,
  KEY_STATEMENTS,
  key,
  keyWith,
  rolePolicy,
  trustPolicy,
} from "../../testing/change.ts";
import { describeRule, judge } from "../../testing/describe-rule.ts";
import { type AccountBuilder, ARNS, NAMES } from "../../testing/healthy-account.ts";
import { allow, keyAllow, type StatementJson, tlsOnly } from "../../testing/policy-of.ts";
import { instanceProofFailed } from "./rule.ts";

const OBJECT = `${NAMES.contentBucket}/${NAMES.proofObjectKey}`;
const PUT = allow("s3:PutObject", `${ARNS.contentBucket}/*`);
const instance = (...statements: readonly StatementJson[]) => rolePolicy(ARNS.proofInstanceRole, ...statements);
const instanceInKey = (statement: StatementJson | undefined) => keyWith({ proofInstance: statement });
const noObject = (a: AccountBuilder) => a.absent("object", OBJECT);
const object = (over: object) => ({ change: (a: AccountBuilder) => a.change("object", OBJECT, () => over) });

describeRule(instanceProofFailed, {
  pipeline: "upload",
  healthy: {
    "the reference stack": { change: asItIs },
    "the key by the role's own policy": { change: instanceInKey(undefined) },
    "the key by the key's policy": { change: instance(PUT) },
    "GenerateDataKey alone": {
      change: each(instanceInKey(undefined), instance(PUT, allow("kms:GenerateDataKey", ARNS.key))),
    },
    "the bucket's policy in place of the role's": {
      change: each(
        instance(allow("kms:*", ARNS.key)),
        bucketPolicy(NAMES.contentBucket, tlsOnly(ARNS.contentBucket), {
          Effect: "Allow",
          Principal: { AWS: ARNS.proofInstanceRole },
          Action: "s3:PutObject",
          Resource: `${ARNS.contentBucket}/*`,
        }),
      ),
    },
    "a key policy bound to S3 and the bucket": {
      change: instanceInKey(
        keyAllow({ AWS: ARNS.proofInstanceRole }, "kms:*", {
          StringEquals: {
            "kms:ViaService": "s3.us-east-1.amazonaws.com",
            "kms:EncryptionContext:aws:s3:arn": ARNS.contentBucket,
          },
        }),
      ),
    },
    "an instance that is stopped by now": {
      change: (a) => a.change("instance", NAMES.proofInstance, () => ({ state: "stopped" })),
    },
    "two layers of KMS": object({ encryption: "aws:kms:dsse" }),
  },
  broken: {
    "no key permission": {
      change: each(instanceInKey(undefined), instance(PUT), noObject),
      cause: /data key with .* in the name of .*proof-instance, and KMS denies it/,
    },
    "Encrypt alone": {
      change: each(
        instanceInKey(undefined),
        instance(PUT, allow(["kms:Encrypt", "kms:DescribeKey"], ARNS.key)),
        noObject,
      ),
      cause: /is about other actions/,
    },
    "another key": {
      change: each(instanceInKey(undefined), instance(PUT, allow("kms:*", `${ARNS.key}-2`)), noObject),
      cause: /leaves it to the account's policies/,
    },
    "a key policy for objects where the bucket has a bucket key": {
      change: each(
        keyWith({
          account: keyAllow({ AWS: ARNS.root }, ["kms:Create*", "kms:Put*"]),
          proofInstance: keyAllow({ AWS: ARNS.proofInstanceRole }, "kms:*", {
            StringLike: { "kms:EncryptionContext:aws:s3:arn": `${ARNS.contentBucket}/*` },
          }),
        }),
        noObject,
      ),
      cause: /EncryptionContext:aws:s3:arn/,
    },
    "no PutObject": {
      change: each(instance(allow("kms:*", ARNS.key)), noObject),
      cause: /may not put proof\/instance.json/,
    },
    "another folder": {
      change: each(
        instance(allow("kms:*", ARNS.key), allow("s3:PutObject", `${ARNS.contentBucket}/other/*`)),
        noObject,
      ),
      cause: /is about .*other/,
    },
    "a boundary without S3": {
      change: each(boundary(ARNS.proofInstanceRole, allow("kms:*", "*")), noObject),
      cause: /permissions boundary/,
    },
    "no profile": {
      change: each((a) => a.change("instance", NAMES.proofInstance, () => ({ roleArn: "" })), noObject),
      cause: /no instance profile/,
    },
    "a role that is gone": {
      change: each((a) => a.absent("role", ARNS.proofInstanceRole), noObject),
      cause: /does not exist/,
    },
    "a role that EC2 may not take on": {
      change: each(
        trustPolicy(ARNS.proofInstanceRole, {
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
        }),
        noObject,
      ),
      cause: /EC2 may not take on/,
    },
    "an object that is not encrypted with KMS": {
      ...object({ encryption: "AES256", keyArn: "" }),
      cause: /stored with AES256/,
    },
    "an object in the clear": { ...object({ encryption: "", keyArn: "" }), cause: /with no encryption/ },
    "no object, and nothing that forbids it": { change: noObject, cause: /did not run its script/ },
    "no instance": { change: (a) => a.absent("instance", NAMES.proofInstance), cause: /does not exist/ },
  },
  unknown: {
    "a role that may not be read": {
      change: (a) => a.unread("role", ARNS.proofInstanceRole, "iam:GetRole"),
      remedy: /iam:GetRole/,
    },
    "an object that may not be looked at": {
      change: (a) => a.unread("object", OBJECT, "s3:GetObject"),
      remedy: /s3:GetObject/,
    },
    "an instance that is only just starting": {
      change: each((a) => a.change("instance", NAMES.proofInstance, () => ({ state: "pending" })), noObject),
      remedy: /again/,
    },
  },
});

it.each([
  [
    "the bucket's policy, which bucket.transport tells",
    bucketPolicy(NAMES.contentBucket, { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }),
  ],
  ["the key's state, which stream.key-unusable tells", key({ state: "Disabled" })],
  [
    "a principal that is nobody, which key.principal-unresolved tells",
    keyWith({
      account: keyAllow({ AWS: ARNS.root }, ["kms:Create*", "kms:Put*"]),
      proofInstance: keyAllow({ AWS: "AROAEXAMPLE1234567890" }, [...KEY_STATEMENTS.proofInstance.actions]),
    }),
  ],
])("says nothing where the object is kept out by %s", (_, change) => {
  expect(judge(instanceProofFailed, "upload", { change: each(change, noObject) })).toEqual([]);
});
