import { denied, each, noIdentityPolicy, nothing, remove, rolePolicy, set, table } from "../testing/changes.ts";
import { accountId, bucketArn, roleArn, root, tlsOnly } from "../testing/example-stack.ts";
import { allow, deny, policy } from "../testing/policy-text.ts";

const contentBucket = (text: string) => set("aws_s3_bucket_policy.content", "policy", text);

table("B4: the stack's role reads over TLS", (stack) => stack.objectIsRead(), [
  ["under the rule for TLS", nothing, "allowed"],
  ["without a bucket policy", remove("aws_s3_bucket_policy.content"), "allowed"],
  [
    "under a rule with numbers for TLS versions that it meets by saying nothing",
    contentBucket(
      policy(
        deny("s3:*", `${bucketArn}/*`, { Principal: "*", Condition: { NumericLessThan: { "s3:TlsVersion": 1.2 } } }),
      ),
    ),
    "allowed",
  ],
  ["not under a deny for everyone", contentBucket(policy(deny("s3:*", `${bucketArn}/*`, { Principal: "*" }))), denied],
  ["not under a rule turned round", contentBucket(tlsOnly(bucketArn).replace('"false"', '"true"')), denied],
  [
    "not under a deny of all but the administrator",
    contentBucket(
      policy(
        deny("s3:*", `${bucketArn}/*`, {
          Principal: "*",
          Condition: { ArnNotEquals: { "aws:PrincipalArn": `arn:aws:iam::${accountId}:user/admin` } },
        }),
      ),
    ),
    denied,
  ],
  [
    "under a deny of all but the stack's roles",
    contentBucket(
      policy(
        deny("s3:*", `${bucketArn}/*`, {
          Principal: "*",
          Condition: { ArnNotLike: { "aws:PrincipalArn": roleArn("con*") } },
        }),
      ),
    ),
    "allowed",
  ],
  [
    "not under NotPrincipal that forgets the session",
    contentBucket(
      policy({
        Effect: "Deny",
        NotPrincipal: { AWS: [root, roleArn("content")] },
        Action: "s3:*",
        Resource: `${bucketArn}/*`,
      }),
    ),
    denied,
  ],
  [
    "under NotPrincipal with account, role and session",
    contentBucket(
      policy({
        Effect: "Deny",
        NotPrincipal: { AWS: [root, roleArn("content"), `arn:aws:sts::${accountId}:assumed-role/content/content`] },
        Action: "s3:*",
        Resource: `${bucketArn}/*`,
      }),
    ),
    "allowed",
  ],
  [
    "by the bucket policy alone",
    each(
      rolePolicy("content", allow("dynamodb:*", "*")),
      contentBucket(policy(allow("s3:GetObject", `${bucketArn}/*`, { Principal: { AWS: roleArn("content") } }))),
    ),
    "allowed",
  ],
  [
    "not by a bucket policy that trusts the account alone",
    each(
      rolePolicy("content", allow("dynamodb:*", "*")),
      contentBucket(policy(allow("s3:GetObject", `${bucketArn}/*`, { Principal: { AWS: root } }))),
    ),
    noIdentityPolicy,
  ],
]);

table("B4: the stack's role over plain HTTP", (stack) => stack.objectIsRead({ "aws:SecureTransport": "false" }), [
  ["is denied by the rule for TLS", nothing, denied],
  [
    "is denied by the rule spelled with StringEquals",
    contentBucket(tlsOnly(bucketArn).replace("Bool", "StringEquals")),
    denied,
  ],
  ["is denied by BoolIfExists", contentBucket(tlsOnly(bucketArn).replace("Bool", "BoolIfExists")), denied],
  ["is let in without the rule", remove("aws_s3_bucket_policy.content"), "allowed"],
  [
    "is let in by a rule for the bucket and not its objects",
    contentBucket(
      policy(deny("s3:*", bucketArn, { Principal: "*", Condition: { Bool: { "aws:SecureTransport": false } } })),
    ),
    "allowed",
  ],
]);
