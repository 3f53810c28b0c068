import { key, keyPolicyOf, noResourcePolicy, nothing, table } from "../testing/changes.ts";
import { arn, otherAccountId, region, root } from "../testing/example-stack.ts";
import type { StatementJson } from "../testing/policy-text.ts";

const logsService = (service: string, rest: StatementJson = {}) =>
  keyPolicyOf(
    key({ AWS: root }, "kms:*"),
    key({ Service: service }, ["kms:Encrypt*", "kms:GenerateDataKey*", "kms:Decrypt*"], rest),
  );

table("B3: the logs service encrypts with the key", (stack) => stack.logsAreEncrypted(), [
  ["with the regional service and its encryption context", nothing, "allowed"],
  ["without a condition", logsService(`logs.${region}.amazonaws.com`), "allowed"],
  [
    "with the very group's ARN",
    logsService(`logs.${region}.amazonaws.com`, {
      Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": arn("logs", "log-group:/aws/lambda/ingest") } },
    }),
    "allowed",
  ],
  ["not with the account's root alone", keyPolicyOf(key({ AWS: root }, "kms:*")), noResourcePolicy],
  ["not with another region's service", logsService("logs.us-east-1.amazonaws.com"), noResourcePolicy],
  ["not with Lambda's principal", logsService("lambda.amazonaws.com"), noResourcePolicy],
  [
    "not with another account's groups",
    logsService(`logs.${region}.amazonaws.com`, {
      Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": arn("logs", "*", otherAccountId) } },
    }),
    noResourcePolicy,
  ],
  [
    "not by way of a service: it comes itself",
    logsService(`logs.${region}.amazonaws.com`, {
      Condition: { StringEquals: { "kms:ViaService": `logs.${region}.amazonaws.com` } },
    }),
    noResourcePolicy,
  ],
  [
    "not with DescribeKey alone",
    keyPolicyOf(key({ Service: `logs.${region}.amazonaws.com` }, "kms:Describe*")),
    noResourcePolicy,
  ],
]);
