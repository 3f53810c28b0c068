import { asItIs, each, KEY_STATEMENTS, key, keyPolicyOf, keyWith, rolePolicy } from "../../testing/change.ts";
import { describeRule } from "../../testing/describe-rule.ts";
import { ACCOUNT_ID, ARNS, denied, NAMES } from "../../testing/healthy-account.ts";
import { allow, keyAllow } from "../../testing/policy-of.ts";
import { streamKeyUnusable } from "./rule.ts";

const { account, logs, lambda, lambdaGrants, producer, consumer, content, proofInstance } = KEY_STATEMENTS;
const via = (service: string) => ({ StringEquals: { "kms:ViaService": `${service}.amazonaws.com` } });
const ingestPolicy = rolePolicy(ARNS.ingestRole, allow("kinesis:Put*", ARNS.stream));
/** Administers, and gives use to nobody. */
const admin = keyAllow({ AWS: ARNS.root }, ["kms:Create*", "kms:Describe*", "kms:Put*"]);

describeRule(streamKeyUnusable, {
  pipeline: "alb",
  healthy: {
    "the reference stack": { change: asItIs },
    "no statement for the roles: the account's root lets their own policies count": {
      change: keyPolicyOf(account, logs, lambda, lambdaGrants),
    },
    "roles that are named in the key's policy alone": { change: ingestPolicy },
    "everyone of the account by way of Kinesis, as AWS' own keys": {
      change: keyPolicyOf(
        account,
        logs,
        keyAllow({ AWS: "*" }, "kms:*", {
          StringEquals: { "kms:CallerAccount": ACCOUNT_ID, "kms:ViaService": "kinesis.us-east-1.amazonaws.com" },
        }),
      ),
    },
    "a producer bound to Kinesis and to the stream": {
      change: keyWith({
        account: admin,
        producer: keyAllow({ AWS: ARNS.ingestRole }, "kms:GenerateDataKey*", {
          ...via("kinesis.us-east-1"),
          StringLike: { "kms:EncryptionContext:aws:kinesis:arn": "arn:aws:kinesis:*:*:stream/stackproof-*" },
        }),
      }),
    },
    "a grant to the producer": {
      change: each(
        keyWith({ account: admin, producer: undefined }),
        ingestPolicy,
        key({
          grants: {
            kind: "read",
            value: [
              {
                granteePrincipal: ARNS.ingestRole,
                operations: ["GenerateDataKey"],
                encryptionContext: { match: "any", pairs: {} },
              },
            ],
          },
        }),
      ),
    },
    "a stream without a key": { change: (a) => a.change("stream", NAMES.stream, () => ({ keyArn: "" })) },
    "AWS' own key": { change: (a) => a.change("stream", NAMES.stream, () => ({ keyArn: "alias/aws/kinesis" })) },
    "a key by its id": {
      change: (a) => a.change("stream", NAMES.stream, () => ({ keyArn: ARNS.key.split("/")[1] ?? "" })),
    },
  },
  broken: {
    "a key policy that leaves the producer out": {
      change: each(keyWith({ account: admin, producer: undefined })),
      cause: /allows kms:GenerateDataKey neither to .*ingest nor to its account/,
    },
    "a key policy that leaves the consumer out": {
      change: keyWith({ account: admin, consumer: undefined }),
      cause: /allows kms:Decrypt neither to .*processor/,
    },
    "the service in place of the producer": {
      change: keyPolicyOf(
        admin,
        logs,
        lambda,
        consumer,
        content,
        proofInstance,
        keyAllow({ Service: "kinesis.amazonaws.com" }, "kms:*"),
      ),
      cause: /is for kinesis.amazonaws.com and not for/,
    },
    "a producer that may only describe the key": {
      change: each(
        keyWith({ account: admin, producer: keyAllow({ AWS: ARNS.ingestRole }, "kms:DescribeKey") }),
        rolePolicy(ARNS.ingestRole, allow("kinesis:*", "*")),
      ),
      cause: /is about other actions/,
    },
    "a root that counts, and a producer whose own policy lacks the key": {
      change: each(keyWith({ producer: undefined }), ingestPolicy),
      cause: /leaves it to the account's policies, and none of .*ingest allows/,
    },
    "another region's ViaService": {
      change: keyWith({
        account: admin,
        producer: keyAllow({ AWS: ARNS.ingestRole }, "kms:*", via("kinesis.eu-west-1")),
      }),
      cause: /asks for StringEquals kms:ViaService = kinesis.eu-west-1/,
    },
    "another stream's encryption context": {
      change: keyWith({
        account: admin,
        producer: keyAllow({ AWS: ARNS.ingestRole }, "kms:*", {
          StringEquals: { "kms:EncryptionContext:aws:kinesis:arn": `${ARNS.stream}-2` },
        }),
      }),
      cause: /events-2/,
    },
    "a deny in the key's policy": {
      change: keyPolicyOf(account, logs, lambda, producer, consumer, {
        Sid: "No",
        Effect: "Deny",
        Principal: { AWS: ARNS.processorRole },
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: via("kinesis.us-east-1"),
      }),
      cause: /statement No .*denies it/,
    },
    "a key that is disabled": { change: key({ state: "Disabled" }), cause: /is Disabled: KMS refuses every use/ },
    "a key that is to be deleted": { change: key({ state: "PendingDeletion" }), cause: /is PendingDeletion/ },
    "a key that is gone": { change: (a) => a.absent("key", ARNS.key), cause: /which the account does not have/ },
  },
  unknown: {
    "a key's policy that may not be read": {
      change: (a) => a.unread("key", ARNS.key, "kms:GetKeyPolicy"),
      remedy: /kms:GetKeyPolicy/,
    },
    "a stream that may not be read": {
      change: (a) => a.unread("stream", NAMES.stream, "kinesis:DescribeStreamSummary"),
      remedy: /kinesis:DescribeStreamSummary/,
    },
    "grants that may not be read, where nothing else allows": {
      change: each(
        keyWith({ account: admin, producer: undefined }),
        key({ grants: { kind: "unread", error: denied("kms:ListGrants") } }),
      ),
      remedy: /./,
    },
  },
});
