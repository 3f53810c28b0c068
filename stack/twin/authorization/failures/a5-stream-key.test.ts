import {
  add,
  denied,
  each,
  key,
  keyAdmin,
  keyPolicyOf,
  noIdentityPolicy,
  noResourcePolicy,
  nothing,
  remove,
  rolePolicy,
  set,
  table,
} from "../testing/changes.ts";
import { accountId, arn, keyArn, region, roleArn, root, streamArn } from "../testing/example-stack.ts";
import { allow, deny, policy } from "../testing/policy-text.ts";

table("A5: the producer puts records into the encrypted stream", (stack) => stack.producerPuts(), [
  ["by its own policy, the key policy trusting the account", nothing, "allowed"],
  [
    "by the key policy alone",
    each(
      rolePolicy("ingest", allow("kinesis:PutRecords", streamArn)),
      keyPolicyOf(key({ AWS: roleArn("ingest") }, "kms:GenerateDataKey")),
    ),
    "allowed",
  ],
  [
    "by the key policy with kms:ViaService",
    keyPolicyOf(
      key({ AWS: roleArn("ingest") }, "kms:GenerateDataKey*", {
        Condition: { StringEquals: { "kms:ViaService": `kinesis.${region}.amazonaws.com` } },
      }),
    ),
    "allowed",
  ],
  [
    "by a key policy for everyone of the account who comes by way of Kinesis",
    keyPolicyOf(
      key({ AWS: "*" }, "kms:*", {
        Condition: {
          StringEquals: { "kms:CallerAccount": accountId, "kms:ViaService": `kinesis.${region}.amazonaws.com` },
        },
      }),
    ),
    "allowed",
  ],
  [
    "by a key policy that asks for the stream in the encryption context",
    keyPolicyOf(
      key({ AWS: roleArn("ingest") }, "kms:*", {
        Condition: { StringEquals: { "kms:EncryptionContext:aws:kinesis:arn": streamArn } },
      }),
    ),
    "allowed",
  ],
  [
    "by a grant",
    each(
      rolePolicy("ingest", allow("kinesis:*", "*")),
      keyPolicyOf(keyAdmin),
      add("aws_kms_grant.ingest", {
        key_id: keyArn,
        grant_id: "g",
        grantee_principal: roleArn("ingest"),
        operations: ["GenerateDataKey"],
      }),
    ),
    "allowed",
  ],
  [
    "by a wildcard over KMS actions and keys",
    rolePolicy("ingest", allow("kinesis:Put*", streamArn), allow("kms:*", "*")),
    "allowed",
  ],
  ["by the root's account number", keyPolicyOf(key({ AWS: accountId }, "kms:*")), "allowed"],
  [
    "by a key policy kept apart from the key",
    each(
      keyPolicyOf(keyAdmin),
      add("aws_kms_key_policy.main", { key_id: keyArn, policy: policy(key({ AWS: root }, "kms:*")) }),
    ),
    "allowed",
  ],
  [
    "not where Kinesis' principal is named in place of the producer",
    keyPolicyOf(keyAdmin, key({ Service: "kinesis.amazonaws.com" }, "kms:*")),
    noResourcePolicy,
  ],
  [
    "not where the key policy leaves the producer out",
    keyPolicyOf(keyAdmin, key({ AWS: roleArn("processor") }, "kms:*")),
    noResourcePolicy,
  ],
  [
    "not where the account is trusted and the role lacks the action",
    rolePolicy("ingest", allow("kinesis:PutRecords", streamArn), allow("kms:DescribeKey", keyArn)),
    noIdentityPolicy,
  ],
  [
    "not where the role's policy names another key",
    rolePolicy("ingest", allow("kinesis:PutRecords", streamArn), allow("kms:*", arn("kms", "key/other"))),
    noIdentityPolicy,
  ],
  [
    "not by way of another service",
    keyPolicyOf(
      key({ AWS: roleArn("ingest") }, "kms:*", {
        Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
      }),
    ),
    noResourcePolicy,
  ],
  [
    "not by way of Kinesis in another region",
    keyPolicyOf(
      key({ AWS: roleArn("ingest") }, "kms:*", {
        Condition: { StringEquals: { "kms:ViaService": "kinesis.us-east-1.amazonaws.com" } },
      }),
    ),
    noResourcePolicy,
  ],
  [
    "not for another stream",
    keyPolicyOf(
      key({ AWS: roleArn("ingest") }, "kms:*", {
        Condition: { StringEquals: { "kms:EncryptionContext:aws:kinesis:arn": `${streamArn}-other` } },
      }),
    ),
    noResourcePolicy,
  ],
  [
    "not against an explicit deny in the role",
    rolePolicy("ingest", allow("*", "*"), deny("kms:GenerateDataKey", "*")),
    denied,
  ],
  [
    "not against an explicit deny in the key policy",
    keyPolicyOf(key({ AWS: root }, "kms:*"), deny("kms:*", "*", { Principal: { AWS: roleArn("ingest") } })),
    denied,
  ],
  [
    "not with a grant for another operation",
    each(
      rolePolicy("ingest", allow("kinesis:*", "*")),
      keyPolicyOf(keyAdmin),
      add("aws_kms_grant.ingest", {
        key_id: keyArn,
        grant_id: "g",
        grantee_principal: roleArn("ingest"),
        operations: ["Decrypt"],
      }),
    ),
    noResourcePolicy,
  ],
  [
    "not with a grant for another context",
    each(
      rolePolicy("ingest", allow("kinesis:*", "*")),
      keyPolicyOf(keyAdmin),
      add("aws_kms_grant.ingest", {
        key_id: keyArn,
        grant_id: "g",
        grantee_principal: roleArn("ingest"),
        operations: ["GenerateDataKey"],
        constraints: [
          { encryption_context_equals: { "aws:kinesis:arn": "arn:aws:kinesis:eu-west-1:111122223333:stream/other" } },
        ],
      }),
    ),
    noResourcePolicy,
  ],
  ["not with a key that is disabled", set("aws_kms_key.main", "is_enabled", false), /^disabled$/],
  [
    "not without PutRecords",
    rolePolicy("ingest", allow("kinesis:PutRecord", streamArn), allow("kms:*", "*")),
    noIdentityPolicy,
  ],
  [
    "not beyond the permissions boundary",
    each(
      set("aws_iam_role.ingest", "permissions_boundary", `arn:aws:iam::${accountId}:policy/edge`),
      add("aws_iam_policy.edge", {
        arn: `arn:aws:iam::${accountId}:policy/edge`,
        name: "edge",
        policy: policy(allow("kinesis:*", "*")),
      }),
    ),
    /^because no permissions boundary allows the kms:GenerateDataKey action$/,
  ],
]);

table("A5: the consumer reads the encrypted stream", (stack) => stack.consumerReads(), [
  ["by its own policy", nothing, "allowed"],
  [
    "by AWS' policy for it and a key policy that names it",
    each(
      remove("aws_iam_role_policy.processor"),
      add("aws_iam_role_policy_attachment.processor", {
        role: "processor",
        policy_arn: "arn:aws:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole",
      }),
      keyPolicyOf(key({ AWS: roleArn("processor") }, "kms:Decrypt")),
    ),
    "allowed",
  ],
  [
    "by a policy that the role carries itself, where all roles do",
    each(
      ...["ingest", "processor", "content", "flow_logs", "proof"].map((name) => remove(`aws_iam_role_policy.${name}`)),
      set("aws_iam_role.processor", "inline_policy", [
        { name: "x", policy: policy(allow(["kinesis:Get*", "kms:Decrypt"], "*")) },
      ]),
    ),
    "allowed",
  ],
  [
    "by a customer-managed policy",
    each(
      remove("aws_iam_role_policy.processor"),
      add("aws_iam_policy.read", {
        arn: `arn:aws:iam::${accountId}:policy/read`,
        name: "read",
        policy: policy(allow(["kinesis:Get*", "kms:Decrypt"], "*")),
      }),
      add("aws_iam_role_policy_attachment.read", {
        role: "processor",
        policy_arn: `arn:aws:iam::${accountId}:policy/read`,
      }),
    ),
    "allowed",
  ],
  [
    "not where it may generate keys and not decrypt",
    rolePolicy("processor", allow("kinesis:*", "*"), allow("kms:GenerateDataKey", keyArn)),
    noIdentityPolicy,
  ],
  [
    "not by an attached policy that nobody knows, which is said",
    each(
      remove("aws_iam_role_policy.processor"),
      add("aws_iam_role_policy_attachment.x", {
        role: "processor",
        policy_arn: "arn:aws:iam::aws:policy/service-role/SomethingNew",
      }),
    ),
    /not known to the twin, and may allow it: arn:aws:iam::aws:policy\/service-role\/SomethingNew/,
  ],
]);
