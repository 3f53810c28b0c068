import {
  add,
  each,
  key,
  keyPolicyOf,
  noIdentityPolicy,
  noResourcePolicy,
  nothing,
  remove,
  rolePolicy,
  set,
  table,
} from "../testing/changes.ts";
import { arn, bucketArn, keyArn, roleArn } from "../testing/example-stack.ts";
import { allow, policy, trusts } from "../testing/policy-text.ts";

table("B12: the instance puts its proof", (stack) => stack.proofIsPut(), [
  ["with a role that may use the key", nothing, "allowed"],
  ["with GenerateDataKey alone", rolePolicy("proof", allow(["s3:PutObject", "kms:GenerateDataKey"], "*")), "allowed"],
  [
    "with a key policy for the bucket's context",
    keyPolicyOf(
      key({ AWS: roleArn("proof") }, "kms:GenerateDataKey", {
        Condition: { StringEquals: { "kms:EncryptionContext:aws:s3:arn": bucketArn } },
      }),
    ),
    "allowed",
  ],
  ["not without the key", rolePolicy("proof", allow("s3:PutObject", `${bucketArn}/*`)), noIdentityPolicy],
  [
    "not with Encrypt alone",
    rolePolicy("proof", allow("s3:PutObject", "*"), allow(["kms:Encrypt", "kms:DescribeKey"], keyArn)),
    noIdentityPolicy,
  ],
  [
    "not to another folder",
    rolePolicy("proof", allow("s3:PutObject", `${bucketArn}/other/*`), allow("kms:*", "*")),
    noIdentityPolicy,
  ],
  [
    "not with the key's alias for a resource",
    rolePolicy("proof", allow("s3:PutObject", "*"), allow("kms:*", arn("kms", "alias/main"))),
    noIdentityPolicy,
  ],
  [
    "not with a role that EC2 may not take on",
    set("aws_iam_role.proof", "assume_role_policy", trusts("lambda.amazonaws.com")),
    noResourcePolicy,
  ],
  [
    "not where the key policy is for objects and the bucket has a bucket key",
    keyPolicyOf(
      key({ AWS: roleArn("proof") }, "kms:*", {
        Condition: { StringLike: { "kms:EncryptionContext:aws:s3:arn": `${bucketArn}/*` } },
      }),
    ),
    noResourcePolicy,
  ],
]);

table("B14: API Gateway writes its logs", (stack) => stack.apiLogsArrive(), [
  ["with AWS' policy for it", nothing, "allowed"],
  [
    "with a policy of its own",
    each(
      remove("aws_iam_role_policy_attachment.api_logs"),
      add("aws_iam_role_policy.api_logs", {
        name: "logs",
        role: "api-logs",
        policy: policy(allow("logs:*", arn("logs", "*"))),
      }),
    ),
    "allowed",
  ],
  ["not without a policy", remove("aws_iam_role_policy_attachment.api_logs"), noIdentityPolicy],
  [
    "not with a read-only policy",
    set(
      "aws_iam_role_policy_attachment.api_logs",
      "policy_arn",
      "arn:aws:iam::aws:policy/CloudWatchLogsReadOnlyAccess",
    ),
    noIdentityPolicy,
  ],
  [
    "not with a role that trusts another service",
    set("aws_iam_role.api_logs", "assume_role_policy", trusts("lambda.amazonaws.com")),
    noResourcePolicy,
  ],
]);
