import type { Setting } from "../../model/settings/setting.ts";
import { ACCOUNT_ID, ARNS, REGION } from "./healthy-names.ts";
import { policyOf, type StatementJson } from "./policy-of.ts";

const CONSUME = ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"];
const SERVICE = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

/** The statements of the reference stack's key policy, by what they are for. */
export const KEY_STATEMENTS = {
  account: keyAllow({ AWS: ARNS.root }, "kms:*"),
  kinesis: keyAllow({ Service: "kinesis.amazonaws.com" }, SERVICE, viaService("kinesis")),
  logs: keyAllow({ Service: `logs.${REGION}.amazonaws.com` }, SERVICE, {
    ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:*` },
  }),
  lambda: keyAllow({ Service: "lambda.amazonaws.com" }, SERVICE, viaService("lambda")),
  lambdaGrants: keyAllow({ Service: "lambda.amazonaws.com" }, "kms:CreateGrant", {
    ...viaService("lambda"),
    Bool: { "kms:GrantIsForAWSResource": "true" },
  }),
  producer: keyAllow({ AWS: ARNS.ingestRole }, ["kms:GenerateDataKey", "kms:DescribeKey"]),
  consumer: keyAllow({ AWS: ARNS.processorRole }, CONSUME),
  content: keyAllow({ AWS: ARNS.contentRole }, CONSUME),
  proofInstance: keyAllow({ AWS: ARNS.proofInstanceRole }, [
    "kms:Encrypt",
    "kms:Decrypt",
    "kms:GenerateDataKey*",
    "kms:DescribeKey",
  ]),
} as const satisfies Readonly<Record<string, StatementJson>>;

export function healthyKey(): Setting {
  return {
    kind: "key",
    arn: ARNS.key,
    state: "Enabled",
    manager: "CUSTOMER",
    policy: policyOf(...Object.values(KEY_STATEMENTS)),
    grants: { kind: "read", value: [] },
  };
}

/** A statement of a key policy that allows. */
export function keyAllow(
  principal: NonNullable<StatementJson["Principal"]>,
  actions: string | readonly string[],
  condition?: NonNullable<StatementJson["Condition"]>,
): StatementJson {
  const statement = { Effect: "Allow", Principal: principal, Action: actions, Resource: "*" } as const;
  return condition === undefined ? statement : { ...statement, Condition: condition };
}

function viaService(service: string) {
  return { StringEquals: { "kms:ViaService": `${service}.${REGION}.amazonaws.com` } };
}
