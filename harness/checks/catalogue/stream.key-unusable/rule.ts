import { nameIn } from "../../../model/resource-name.ts";
import type { Account } from "../../../model/settings/account.ts";
import type { KeySetting } from "../../../model/settings/identity-setting.ts";
import { subjectOf } from "../../../model/settings/subject.ts";
import { functionWithRole, streamKeyUse } from "../../iam/key-use.ts";
import { becauseOf, evidenceOf, judging, passes, settingOf } from "../../judging.ts";
import { allowByKey, enableKey } from "../../remedy.ts";
import { rolesFunctions } from "../../role-functions.ts";
import type { Broken, Judged, Rule, RuleContext, RuleResult } from "../../rule.ts";

/**
 * Kinesis makes a data key for each PutRecord(s) in the producer's name and decrypts in the consumer's, so both need the key:
 * by its policy, by their own where the key's leaves it to the account, or by a grant.
 * https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html
 */
export const streamKeyUnusable: Rule = {
  code: "stream.key-unusable",
  severity: "flow",
  title: "Producer and consumer may use the stream's key",
  breaks: "PutRecord, or reading the stream, fails with AccessDenied from KMS.",
  reads: ["stream", "key", "function", "role"],
  needs: [],
  remedy:
    "Let the producer's role kms:GenerateDataKey and the consumer's kms:Decrypt in the policy of the aws_kms_key, or let the account's root in there and allow the same in the roles' own policies.",

  judge(account, context) {
    const { stream, entryFunction, consumerFunction } = context.roles;
    if (stream === undefined) return sharedKeyNotEnabled(account, context);
    const subject = `stream ${nameIn(stream)}`;
    let found: { readonly arn: string; readonly key: KeySetting } | undefined;
    const ofKey = judging(subject, () => {
      const setting = settingOf(account, "stream", stream);
      if (setting === null) return null;
      if (setting.keyArn === "" || isOwnedByAws(setting.keyArn)) return noKeyOfItsOwn(setting.keyArn);
      const key = settingOf(account, "key", setting.keyArn);
      if (key === null) return keyGone(setting.keyArn);
      found = { arn: setting.arn, key };
      return key.state === "Enabled" ? null : notEnabled(key);
    });
    if (found === undefined || ofKey.length > 0) return ofKey;
    const { arn, key } = found;
    return [
      ...(entryFunction === undefined ? [] : judgeUser(account, context, "write", entryFunction, arn, key)),
      ...(consumerFunction === undefined ? [] : judgeUser(account, context, "read", consumerFunction, arn, key)),
    ];
  },
};

/** A pipeline without a stream may hang on the key of another's: that key's one finding is about it too. */
function sharedKeyNotEnabled(account: Account, context: RuleContext): readonly RuleResult[] {
  const used = keysUsedBy(account, context);
  return account.all("stream").flatMap(({ name, keyArn }) => {
    const key = account.find("key", keyArn);
    if (key === undefined || key.state === "Enabled" || !used.includes(key.arn)) return [];
    return judging(`stream ${name}`, () => notEnabled(key));
  });
}

function keysUsedBy(account: Account, context: RuleContext): readonly string[] {
  const { bucket, table } = context.roles;
  const references = [
    ...rolesFunctions(context).map((name) => account.find("function", name)?.keyArn),
    account.find("bucket", bucket)?.encryption?.keyArn,
    account.find("table", table)?.keyArn,
  ];
  return references.flatMap((reference) => (reference ? [subjectOf("key", reference, context)] : []));
}

/** AWS' own key for Kinesis lets in everyone of the account who comes by way of Kinesis. */
function isOwnedByAws(keyArn: string): boolean {
  return keyArn.endsWith("alias/aws/kinesis");
}

function judgeUser(
  account: Account,
  context: RuleContext,
  access: "write" | "read",
  name: string,
  streamArn: string,
  key: KeySetting,
): readonly RuleResult[] {
  const isProducer = access === "write";
  const subject = `${isProducer ? "producer" : "consumer"} ${nameIn(name)} of stream ${nameIn(streamArn)}`;
  return judging(subject, () => {
    const user = functionWithRole(account, name);
    if (user === null) return null;
    const use = streamKeyUse(access, user, streamArn, key, account, context);
    const action = isProducer ? "kms:GenerateDataKey" : "kms:Decrypt";
    switch (use.kind) {
      case "principal-unresolved":
        return null;
      case "allowed":
        return passes(`The role of ${user.fn.name} may ${action} with the stream's key.`, [`allowed by ${use.by}`]);
      case "denied":
        return {
          verdict: "fail",
          statement: `The role of ${user.fn.name} may not ${action} with the stream's key.`,
          evidence: evidenceOf(use.denied),
          cause: `Kinesis uses the key ${key.arn} in the name of ${user.role.name}, and KMS denies it: ${becauseOf(use.denied)}.`,
          remedy: allowByKey({ AWS: user.role.arn }, [action, "kms:DescribeKey"]),
          cuts: [isProducer ? "function-stream" : "stream-consumer"],
        };
      default:
        return use satisfies never;
    }
  });
}

function noKeyOfItsOwn(keyArn: string): Judged {
  return passes("The stream has no key of the account's own that could be denied.", [
    keyArn === "" ? "not encrypted with KMS" : keyArn,
  ]);
}

function keyGone(keyArn: string): Broken {
  return {
    verdict: "fail",
    statement: "The stream's key does not exist.",
    evidence: [keyArn],
    cause: `The stream is encrypted with ${keyArn}, which the account does not have: nothing can be written or read.`,
    remedy: { text: "Set kms_key_id of the aws_kinesis_stream to the ARN of a key that exists." },
    cuts: ["function-stream", "stream-consumer"],
  };
}

function notEnabled({ arn, state }: KeySetting): Broken {
  return {
    verdict: "fail",
    statement: `The stream's key is ${state}.`,
    evidence: [`${arn}: ${state}`],
    cause: `The key ${arn} is ${state}: KMS refuses every use of it, so nothing can be written to the stream or read from it, and whatever else it encrypts cannot be used either.`,
    remedy:
      state === "PendingDeletion"
        ? { text: "Cancel the deletion (aws kms cancel-key-deletion), then enable the key." }
        : enableKey("Set is_enabled = true on the aws_kms_key."),
    cuts: [
      "client-bucket",
      "entry-function",
      "function-stream",
      "stream-consumer",
      "function-table",
      "consumer-table",
      "function-log",
      "consumer-log",
    ],
  };
}
