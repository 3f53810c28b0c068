import { nameIn } from "../../../model/resource-name.ts";
import type { Account } from "../../../model/settings/account.ts";
import type { LogGroupSetting } from "../../../model/settings/data-setting.ts";
import type { KeySetting } from "../../../model/settings/identity-setting.ts";
import { arnOf } from "../../../model/settings/place.ts";
import { subjectOf } from "../../../model/settings/subject.ts";
import { callOfRole, callOfService, encryptionContextKeys, throughService } from "../../iam/calls.ts";
import { type FunctionWithRole, functionWithRole, keyUse, streamKeyUse, variablesKeyUse } from "../../iam/key-use.ts";
import { may } from "../../iam/may.ts";
import { EVERYTHING, keyPolicy } from "../../iam/policies.ts";
import type { Denied } from "../../iam/request.ts";
import { becauseOf, evidenceOf, judging, passes, readingFirst, settingOf } from "../../judging.ts";
import { allowByKey, enableKey, together } from "../../remedy.ts";
import type { Broken, Rule, RuleContext, RuleResult, Wire } from "../../rule.ts";

/**
 * CloudWatch Logs encrypts in its own name, so the key's policy must let the regional service in for the log group. Lambda
 * decrypts a function's variables in the name of the function's role: by its permissions or, usually, by the grant that Lambda
 * makes when the function is made, for which the account must be let create grants by way of Lambda.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
 */
export const keyServiceBlocked: Rule = {
  code: "key.service-blocked",
  severity: "flow",
  title: "CloudWatch Logs and Lambda may use the key",
  breaks: "Log events cannot be encrypted and are lost, or the function cannot read its variables and does not start.",
  reads: ["function", "log-group", "key", "role"],
  needs: [],
  remedy:
    "In the key's policy: logs.<region>.amazonaws.com with kms:Encrypt, Decrypt, ReEncrypt*, GenerateDataKey*, DescribeKey and ArnLike kms:EncryptionContext:aws:logs:arn; lambda.amazonaws.com with those and CreateGrant, kms:ViaService = lambda.<region>.amazonaws.com and kms:GrantIsForAWSResource = true.",

  judge(account, context) {
    const { entryFunction, consumerFunction, accessLogGroup, flowLogGroup } = context.roles;
    const group = (reference: string | undefined) =>
      reference === undefined ? [] : judgeLogGroup(account, context, reference, []);
    const fn = (name: string | undefined, ofLog: Wire, ofFunction: Wire) =>
      name === undefined
        ? []
        : [...judgeLogGroupOf(account, context, name, ofLog), ...judgeFunction(account, context, name, ofFunction)];
    return [
      ...fn(entryFunction, "function-log", "entry-function"),
      ...fn(consumerFunction, "consumer-log", "stream-consumer"),
      ...group(accessLogGroup),
      ...group(flowLogGroup),
    ];
  },
};

function judgeLogGroupOf(account: Account, context: RuleContext, name: string, cut: Wire): readonly RuleResult[] {
  return readingFirst(
    `log group of function ${nameIn(name)}`,
    () => settingOf(account, "function", name),
    ({ logGroup }) => judgeLogGroup(account, context, logGroup, [cut]),
  );
}

function judgeLogGroup(
  account: Account,
  context: RuleContext,
  reference: string,
  cuts: readonly Wire[],
): readonly RuleResult[] {
  const subject = `log group ${subjectOf("log-group", reference, context)}`;
  return judging(subject, () => {
    const group = settingOf(account, "log-group", reference);
    // A group without a key, or none at all, is for log-group.unencrypted to say.
    if (group === null || group.keyArn === "") return null;
    const key = settingOf(account, "key", group.keyArn);
    if (key === null) return null;
    if (key.state !== "Enabled") return isToldByStream(key, account) ? null : notEnabled(subject, key, cuts);
    const service = `logs.${context.region}.amazonaws.com${context.partition === "aws-cn" ? ".cn" : ""}`;
    const source = { arn: group.arn, accountId: context.accountId };
    for (const action of ["kms:GenerateDataKey", "kms:Decrypt"]) {
      const asked = { action, resourceArn: key.arn, context: encryptionContextKeys({ "aws:logs:arn": group.arn }) };
      const use = keyUse(callOfService(service, source, asked, context), null, key, account, context);
      if (use.kind === "principal-unresolved") return null;
      if (use.kind === "denied") return logsBlocked(service, group, key, use.denied, context, cuts);
    }
    return passes(`${service} may use the log group's key.`, [key.arn]);
  });
}

function judgeFunction(account: Account, context: RuleContext, name: string, cut: Wire): readonly RuleResult[] {
  const subject = `function ${nameIn(name)}`;
  return judging(subject, () => {
    const user = functionWithRole(account, name);
    if (user === null || user.fn.keyArn === "") return null;
    const key = settingOf(account, "key", user.fn.keyArn);
    if (key === null) return null;
    if (key.state !== "Enabled") return isToldByStream(key, account) ? null : notEnabled(subject, key, [cut]);
    const use = variablesKeyUse(user, key, account, context);
    if (use.kind === "principal-unresolved") return null;
    const by = use.kind === "allowed" ? use.by : null;
    if (by === null && use.kind === "denied" && (use.denied.explicit || !mayBeGranted(key, user, context))) {
      return isToldByStreamRule(user, key, account, context) ? null : lambdaBlocked(user, key, use.denied, cut);
    }
    return passes(`Lambda may decrypt the variables of ${user.fn.name} in the name of its role.`, [
      by ?? "by the grant that the key's policy lets Lambda make",
    ]);
  });
}

/** Whether an administrator of the account may let Lambda make its grant, as happens when the function is made. */
function mayBeGranted(key: KeySetting, { fn }: FunctionWithRole, context: RuleContext): boolean {
  const administrator = { arn: `arn:${context.partition}:iam::${context.accountId}:role/administrator` };
  const asked = {
    action: "kms:CreateGrant",
    resourceArn: key.arn,
    context: {
      ...throughService("lambda", { "aws:lambda:FunctionArn": fn.arn }, context),
      "kms:GrantIsForAWSResource": "true",
    },
  };
  const policies = { identity: [EVERYTHING], boundary: null, resource: keyPolicy(key) };
  return may(callOfRole(administrator, null, asked, context), policies).kind !== "denied";
}

/** Where the same key stops the stream too, `stream.key-unusable` says that it is not enabled. */
function isToldByStream(key: KeySetting, account: Account): boolean {
  return account.all("stream").some(({ keyArn }) => keyArn === key.arn);
}

/** Where the same role is denied the same key for its stream, that is one broken thing: `stream.key-unusable`. */
function isToldByStreamRule(user: FunctionWithRole, key: KeySetting, account: Account, context: RuleContext): boolean {
  const { stream: name, entryFunction, consumerFunction } = context.roles;
  if (name === undefined) return false;
  const stream = settingOf(account, "stream", name);
  if (stream === null || stream.keyArn !== key.arn) return false;
  const isNamed = (reference: string | undefined) =>
    reference !== undefined && subjectOf("function", reference, context) === user.fn.name;
  const denied = (access: "write" | "read") =>
    streamKeyUse(access, user, stream.arn, key, account, context).kind === "denied";
  return (isNamed(entryFunction) && denied("write")) || (isNamed(consumerFunction) && denied("read"));
}

function logsBlocked(
  service: string,
  group: LogGroupSetting,
  key: KeySetting,
  denied: Denied,
  context: RuleContext,
  cuts: readonly Wire[],
): Broken {
  return {
    verdict: "fail",
    statement: `CloudWatch Logs may not use the key of ${group.name}.`,
    evidence: evidenceOf(denied),
    cause: `CloudWatch Logs (${service}) cannot encrypt what is written to ${group.name}: ${becauseOf(denied)}.`,
    remedy: allowByKey(
      { Service: service },
      ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      { ArnLike: { "kms:EncryptionContext:aws:logs:arn": arnOf("logs", "log-group:*", context) } },
      key.arn,
    ),
    cuts,
  };
}

function lambdaBlocked({ fn, role }: FunctionWithRole, key: KeySetting, denied: Denied, cut: Wire): Broken {
  const [, , , region] = fn.arn.split(":");
  return {
    verdict: "fail",
    statement: `Lambda may not decrypt the variables of ${fn.name}.`,
    evidence: evidenceOf(denied),
    cause: `Lambda decrypts the variables of ${fn.name} with ${key.arn} in the name of ${role.name}, and KMS denies it: ${becauseOf(denied)}; nor does the key's policy let anybody of the account make the grant that would allow it. The function fails with KMSAccessDeniedException before its code runs.`,
    remedy: together([
      allowByKey({ AWS: role.arn }, ["kms:Decrypt"], {
        StringEquals: { "kms:ViaService": `lambda.${region}.amazonaws.com` },
      }),
      {
        text: "Or let the account's root kms:CreateGrant with kms:GrantIsForAWSResource = true, and update the function.",
      },
    ]),
    cuts: [cut],
  };
}

function notEnabled(subject: string, { arn, state }: KeySetting, cuts: readonly Wire[]): Broken {
  return {
    verdict: "fail",
    statement: `The key of ${subject} is ${state}.`,
    evidence: [`${arn}: ${state}`],
    cause: `The key ${arn} is ${state}: KMS refuses every use of it.`,
    remedy: enableKey("Set is_enabled = true on the aws_kms_key; cancel its deletion first where it is pending."),
    cuts,
  };
}
