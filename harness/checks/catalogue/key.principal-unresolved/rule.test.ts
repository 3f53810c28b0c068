import { asItIs, KEY_STATEMENTS, keyPolicyOf, keyWith } from "../../testing/change.ts";
import { describeRule } from "../../testing/describe-rule.ts";
import { ACCOUNT_ID, ARNS } from "../../testing/healthy-account.ts";
import { keyAllow } from "../../testing/policy-of.ts";
import { keyPrincipalUnresolved } from "./rule.ts";

const { logs, lambda, lambdaGrants, producer, consumer, content, proofInstance } = KEY_STATEMENTS;
const OTHER = "999988887777";
const elsewhere = (arn: string) => arn.replace(ACCOUNT_ID, OTHER);
const unfilled = (name: string) => `\${${name}}`;
const rootAs = (AWS: string) => ({ change: keyWith({ account: keyAllow({ AWS }, "kms:*") }) });
const producerAs = (AWS: string) => ({ change: keyWith({ producer: keyAllow({ AWS }, "kms:*") }) });

describeRule(keyPrincipalUnresolved, {
  pipeline: "alb",
  healthy: {
    "the reference stack": { change: asItIs },
    "the account by its number": rootAs(ACCOUNT_ID),
    "everyone, under a condition": {
      change: keyWith({
        account: keyAllow({ AWS: "*" }, "kms:*", { StringEquals: { "kms:CallerAccount": ACCOUNT_ID } }),
      }),
    },
    "another account that may decrypt beside this one": {
      change: keyPolicyOf(...Object.values(KEY_STATEMENTS), keyAllow({ AWS: elsewhere(ARNS.root) }, "kms:Decrypt")),
    },
    "another account's role": {
      change: keyPolicyOf(
        ...Object.values(KEY_STATEMENTS),
        keyAllow({ AWS: `arn:aws:iam::${OTHER}:role/auditor` }, "kms:Decrypt"),
      ),
    },
    "a role that nobody asked about": {
      change: keyPolicyOf(
        ...Object.values(KEY_STATEMENTS),
        keyAllow({ AWS: `arn:aws:iam::${ACCOUNT_ID}:user/admin` }, "kms:*"),
      ),
    },
    "an administrator in place of the root, and a partner": {
      change: keyPolicyOf(
        keyAllow({ AWS: `arn:aws:iam::${ACCOUNT_ID}:role/admin` }, "kms:*"),
        keyAllow({ AWS: elsewhere(ARNS.root) }, "kms:Decrypt"),
        logs,
        lambda,
        lambdaGrants,
        producer,
        consumer,
        content,
        proofInstance,
        keyAllow({ AWS: [ARNS.ingestRole, ARNS.processorRole, ARNS.contentRole] }, "kms:Decrypt"),
      ),
    },
  },
  broken: {
    "a root that was never filled in": {
      ...rootAs(`arn:aws:iam::${unfilled("data.aws_caller_identity.current.account_id")}:root`),
      cause: /never filled in/,
    },
    "a root without an account": { ...rootAs("arn:aws:iam:::root"), cause: /names no account/ },
    "a root of a wrong account": {
      ...rootAs(elsewhere(ARNS.root)),
      cause: /names account 999988887777, and this stack is in 123456789012/,
    },
    "a wrong account number": { ...rootAs(OTHER), cause: /999988887777/ },
    "a number too short": { ...rootAs("1234"), cause: /12 digits/ },
    "a root of another partition": {
      ...rootAs(ARNS.root.replace("arn:aws:", "arn:aws-cn:")),
      cause: /partition aws-cn/,
    },
    "a producer that was never filled in": {
      ...producerAs(unfilled("module.ingest.role_arn")),
      cause: /never filled in/,
    },
    "a producer of a wrong account": { ...producerAs(elsewhere(ARNS.ingestRole)), cause: /999988887777/ },
    "a producer that was deleted": { ...producerAs("AROAEXAMPLE1234567890"), cause: /deleted/ },
    "a producer with a wildcard": { ...producerAs(`arn:aws:iam::${ACCOUNT_ID}:role/*`), cause: /wildcard/ },
    "a role that does not exist": {
      change: (a) =>
        keyPolicyOf(
          ...Object.values(KEY_STATEMENTS),
          keyAllow({ AWS: `${ARNS.ingestRole}-2` }, "kms:*"),
        )(a).absent("role", `${ARNS.ingestRole}-2`),
      cause: /does not exist/,
    },
    "the logs service of a region that was never filled in": {
      change: keyWith({ logs: keyAllow({ Service: `logs.${unfilled("var.region")}.amazonaws.com` }, "kms:*") }),
      cause: /never filled in/,
    },
    "a producer that nothing else lets in": {
      change: keyPolicyOf(
        keyAllow({ AWS: ARNS.root }, ["kms:Create*", "kms:Put*"]),
        logs,
        consumer,
        content,
        proofInstance,
        keyAllow({ AWS: "AROAEXAMPLE1234567890" }, "kms:GenerateDataKey"),
      ),
      cause: /deleted/,
    },
    "nobody where the account should be": { ...rootAs(""), cause: /is empty/ },
  },
  unknown: {
    "a key's policy that may not be read": {
      change: (a) => a.unread("key", ARNS.key, "kms:GetKeyPolicy"),
      remedy: /kms:GetKeyPolicy/,
    },
    "a key that was never read": { change: (a) => a.notAsked("key", ARNS.key), remedy: /./ },
  },
});
