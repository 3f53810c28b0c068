import { asItIs, bucketPolicy } from "../../testing/change.ts";
import { describeRule } from "../../testing/describe-rule.ts";
import { ACCOUNT_ID, ARNS, NAMES } from "../../testing/healthy-account.ts";
import { type StatementJson, tlsOnly } from "../../testing/policy-of.ts";
import { bucketTransport } from "./rule.ts";

const BOTH = [ARNS.contentBucket, `${ARNS.contentBucket}/*`];
const policy = (...statements: readonly StatementJson[]) => ({
  change: bucketPolicy(NAMES.contentBucket, ...statements),
});
const denying = (over: Partial<StatementJson>): StatementJson => ({ ...tlsOnly(ARNS.contentBucket), ...over });
const when = (Condition: NonNullable<StatementJson["Condition"]>) => policy(denying({ Condition }));
const wide: StatementJson = { Sid: "Wide", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: BOTH };
const session = (role: string, name: string) => `arn:aws:sts::${ACCOUNT_ID}:assumed-role/${role.split("/")[1]}/${name}`;

describeRule(bucketTransport, {
  pipeline: "upload",
  healthy: {
    "the reference stack": { change: asItIs },
    StringEquals: when({ StringEquals: { "aws:SecureTransport": "false" } }),
    "StringNotEquals true": when({ StringNotEquals: { "aws:SecureTransport": "true" } }),
    BoolIfExists: when({ BoolIfExists: { "aws:SecureTransport": false } }),
    "as AWS: *, action *, resource *": policy(denying({ Principal: { AWS: "*" }, Action: "*", Resource: "*" })),
    "two statements, one for the bucket and one for its objects": policy(
      denying({ Sid: "A", Resource: ARNS.contentBucket }),
      denying({ Sid: "B", Resource: `${ARNS.contentBucket}/*` }),
    ),
    "old versions of TLS denied beside it": policy(
      tlsOnly(ARNS.contentBucket),
      denying({ Sid: "Tls12", Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } }),
    ),
    "all but the stack's roles and administrators denied": policy(tlsOnly(ARNS.contentBucket), {
      ...wide,
      Condition: {
        ArnNotLike: {
          "aws:PrincipalArn": [`arn:aws:iam::${ACCOUNT_ID}:role/stackproof-*`, `arn:aws:iam::${ACCOUNT_ID}:role/admin`],
        },
      },
    }),
    "all but the stack's sessions denied": policy(tlsOnly(ARNS.contentBucket), {
      Effect: "Deny",
      NotPrincipal: {
        AWS: [
          ARNS.root,
          ARNS.contentRole,
          session(ARNS.contentRole, NAMES.content),
          ARNS.proofInstanceRole,
          session(ARNS.proofInstanceRole, NAMES.proofInstance),
        ],
      },
      Action: "s3:*",
      Resource: BOTH,
    }),
    "uploads that do not ask for KMS denied: the instance's second try does": policy(tlsOnly(ARNS.contentBucket), {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObject",
      Resource: `${ARNS.contentBucket}/*`,
      Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } },
    }),
  },
  broken: {
    "no policy": { ...policy(), cause: /No statement .* denies s3:GetObject/ },
    "a rule for the bucket and not its objects": {
      ...policy(denying({ Resource: ARNS.contentBucket })),
      cause: /any\/object over plain HTTP/,
    },
    "a rule for the objects and not the bucket": {
      ...policy(denying({ Resource: `${ARNS.contentBucket}/*` })),
      cause: /denies s3:ListBucket/,
    },
    "a rule for reading alone": { ...policy(denying({ Action: "s3:Get*" })), cause: /denies s3:PutObject/ },
    "a rule for one role alone": {
      ...policy(denying({ Principal: { AWS: ARNS.contentRole } })),
      cause: /to everybody/,
    },
    "a rule for old versions of TLS, which plain HTTP does not have": {
      ...when({ NumericLessThan: { "s3:TlsVersion": "1.2" } }),
      cause: /over plain HTTP/,
    },
    "a rule turned round": { ...when({ Bool: { "aws:SecureTransport": "true" } }), cause: /over plain HTTP/ },
    "another bucket's rule": { ...policy(tlsOnly(ARNS.logsBucket)), cause: /over plain HTTP/ },
    "a rule that denies TLS too": { ...policy(wide), cause: /statement Wide .* denies it to .*content, over TLS too/ },
    "a deny of the content function": {
      ...policy(tlsOnly(ARNS.contentBucket), { ...wide, Principal: { AWS: ARNS.contentRole } }),
      cause: /s3:GetObject fails/,
    },
    "a deny of the instance": {
      ...policy(tlsOnly(ARNS.contentBucket), { ...wide, Principal: { AWS: ARNS.proofInstanceRole } }),
      cause: /proof-instance, over TLS too: s3:PutObject/,
    },
    "a deny of all but the administrator": {
      ...policy(tlsOnly(ARNS.contentBucket), {
        ...wide,
        Condition: { ArnNotEquals: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT_ID}:role/admin` } },
      }),
      cause: /over TLS too/,
    },
    "a deny that spares the roles and forgets their sessions": {
      ...policy(tlsOnly(ARNS.contentBucket), {
        Effect: "Deny",
        NotPrincipal: { AWS: [ARNS.root] },
        Action: "s3:*",
        Resource: BOTH,
      }),
      cause: /over TLS too/,
    },
    "a rule for TLS 1.3 and a client that has none": {
      ...policy(tlsOnly(ARNS.contentBucket), denying({ Condition: { NumericLessThan: { "s3:TlsVersion": "1.4" } } })),
      cause: /over TLS too/,
    },
  },
  unknown: {
    "a policy that may not be read": {
      change: (a) => a.unread("bucket", NAMES.contentBucket, "s3:GetBucketPolicy"),
      remedy: /s3:GetBucketPolicy/,
    },
    "a deny of networks": {
      ...policy(tlsOnly(ARNS.contentBucket), {
        ...wide,
        Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } },
      }),
      remedy: /Look at that condition/,
    },
  },
});
