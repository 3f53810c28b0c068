import type { Remedy } from "../../../model/finding.ts";
import type { Account } from "../../../model/settings/account.ts";
import type { BucketSetting } from "../../../model/settings/data-setting.ts";
import type { KeySetting, RoleSetting } from "../../../model/settings/identity-setting.ts";
import type { InstanceSetting } from "../../../model/settings/network-setting.ts";
import { arnOf } from "../../../model/settings/place.ts";
import { objectSubject, subjectOf } from "../../../model/settings/subject.ts";
import { callOfRole, callOfService, throughService } from "../../iam/calls.ts";
import { decide } from "../../iam/decide.ts";
import { keyUse } from "../../iam/key-use.ts";
import { may } from "../../iam/may.ts";
import { bucketPolicy, policiesOfResource, policiesOfRole, trustOf, withoutDenials } from "../../iam/policies.ts";
import { becauseOf, cannotTell, evidenceOf, judging, passes, settingOf } from "../../judging.ts";
import { allowRole, letAssume, together } from "../../remedy.ts";
import type { Broken, Judged, Rule, RuleContext } from "../../rule.ts";

/**
 * The instance's object is in the bucket, encrypted with the key, and its role may put it there: S3 makes a data key in the
 * uploader's name. What the bucket's own policy denies is `bucket.transport`, a key that is not enabled `stream.key-unusable` or
 * `key.service-blocked`, a bucket that is not encrypted with the key `bucket.unencrypted`.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export const instanceProofFailed: Rule = {
  code: "instance.proof-failed",
  severity: "flow",
  title: "The instance wrote its encrypted object",
  breaks: "A machine in the network cannot write to the bucket with its instance role.",
  reads: ["instance", "role", "bucket", "key", "object"],
  needs: ["proofInstance", "proofObjectKey", "bucket"],
  remedy:
    "Allow s3:PutObject on the object and kms:Encrypt, kms:GenerateDataKey* and kms:DescribeKey on the key to the instance's role, and put the object by aws s3api put-object --server-side-encryption aws:kms --ssekms-key-id <key> where aws s3 cp fails.",

  judge(account, context) {
    const { proofInstance = "", bucket: reference = "" } = context.roles;
    const subject = `instance ${proofInstance}`;
    return judging(subject, () => {
      const instance = settingOf(account, "instance", proofInstance);
      if (instance === null)
        return broken(`The instance ${proofInstance} does not exist.`, [], { text: "Create the aws_instance." });
      const bucket = settingOf(account, "bucket", reference);
      if (bucket === null) return null;
      const role = instance.roleArn === "" ? null : settingOf(account, "role", instance.roleArn);
      if (role === null) return noRole(instance);
      return judgeRole(role, bucket, account, context) ?? judgeObject(instance, role, bucket, account, context);
    });
  },
};

/** Null where the role may put the object. */
function judgeRole(role: RoleSetting, bucket: BucketSetting, account: Account, context: RuleContext): Judged | null {
  const { proofInstance = "", proofObjectKey = "" } = context.roles;
  const source = { arn: arnOf("ec2", `instance/${proofInstance}`, context), accountId: context.accountId };
  const assume = callOfService(
    "ec2.amazonaws.com",
    source,
    { action: "sts:AssumeRole", resourceArn: role.arn },
    context,
  );
  const trusted = decide(assume, policiesOfResource(trustOf(role)));
  if (trusted.kind === "denied") {
    return broken(
      `EC2 may not take on ${role.name}, so the instance has no credentials: ${becauseOf(trusted)}.`,
      evidenceOf(trusted),
      letAssume(role.name, "ec2.amazonaws.com"),
    );
  }
  const resourceArn = `${arnOfBucket(bucket, context)}/${proofObjectKey}`;
  const lets = { ...bucket, policy: bucket.policy === null ? null : withoutDenials(bucket.policy) };
  const put = decide(
    callOfInstance(role, { action: "s3:PutObject", resourceArn }, context),
    policiesOfRole(role, bucketPolicy(lets)),
  );
  if (put.kind === "denied") {
    return broken(
      `${role.name} may not put ${proofObjectKey} into ${bucket.name}: ${becauseOf(put)}.`,
      evidenceOf(put),
      allowRole(role.name, ["s3:PutObject"], resourceArn),
    );
  }
  return judgeKey(role, bucket, account, context);
}

function judgeKey(role: RoleSetting, bucket: BucketSetting, account: Account, context: RuleContext): Broken | null {
  const key = keyOf(bucket, account, context);
  if (key === null) return null;
  const bucketArn = arnOfBucket(bucket, context);
  const encrypted = bucket.encryption?.bucketKey === true ? bucketArn : `${bucketArn}/${context.roles.proofObjectKey}`;
  const use = dataKeyUse(role, key, encrypted, account, context);
  if (use.kind !== "denied") return null;
  return broken(
    `S3 makes a data key with ${key.arn} in the name of ${role.name}, and KMS denies it: ${becauseOf(use.denied)}.`,
    evidenceOf(use.denied),
    together([
      allowRole(role.name, ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"], key.arn),
      { text: `In the key's policy allow the same to ${role.arn} or the account's root.` },
    ]),
  );
}

function judgeObject(
  instance: InstanceSetting,
  role: RoleSetting,
  bucket: BucketSetting,
  account: Account,
  context: RuleContext,
): Judged | null {
  const { proofObjectKey = "" } = context.roles;
  const place = objectSubject(bucket.name, proofObjectKey);
  const object = settingOf(account, "object", place);
  if (object === null) {
    if (isToldElsewhere(role, bucket, account, context)) return null;
    if (instance.state === "pending")
      throw cannotTell(`The instance is only just starting, and ${place} is not there yet.`, "Run verify again.");
    return broken(
      `The object ${place} is not there, though ${role.name} may put it: the instance (${instance.state}) did not run its script to the end, or does not reach S3.`,
      [`instance ${instance.state}`, `${place}: no such object`],
      {
        text: "Read /var/log/cloud-init-output.log on the instance; look at its subnet's route and its security group's egress on 443.",
      },
    );
  }
  const expected = keyNameOf(bucket, context);
  // Where the bucket's own default is not the key, the object shows that and nothing of the instance.
  const isJudged = bucket.encryption?.keyArn !== undefined && bucket.encryption.keyArn !== "";
  if (isJudged && !object.encryption.startsWith("aws:kms")) {
    return broken(
      `The object ${place} is stored with ${object.encryption === "" ? "no encryption" : object.encryption} and not with ${expected}.`,
      [`encryption ${object.encryption}`],
      { text: `Put it by aws s3api put-object --server-side-encryption aws:kms --ssekms-key-id ${expected}.` },
    );
  }
  return passes("The instance's object is in the bucket, and its role may put it there.", [
    `${place}: ${object.encryption} ${object.keyArn}`,
  ]);
}

/** Whether another rule says what keeps the object out: the bucket's policy, the key's state, a principal that is nobody. */
function isToldElsewhere(role: RoleSetting, bucket: BucketSetting, account: Account, context: RuleContext): boolean {
  const resourceArn = `${arnOfBucket(bucket, context)}/${context.roles.proofObjectKey}`;
  const request = callOfInstance(role, { action: "s3:PutObject", resourceArn }, context);
  if (may(request, policiesOfRole(role, bucketPolicy(bucket))).kind !== "allowed") return true;
  const key = keyOf(bucket, account, context);
  if (key === null) return keyNameOf(bucket, context) !== "";
  const use = dataKeyUse(role, key, arnOfBucket(bucket, context), account, context);
  return key.state !== "Enabled" || use.kind !== "allowed";
}

/** @param encrypted ARN of what S3 encrypts with the data key: the object, or the bucket where that has a bucket key. */
function dataKeyUse(role: RoleSetting, key: KeySetting, encrypted: string, account: Account, context: RuleContext) {
  const asked = {
    action: "kms:GenerateDataKey",
    resourceArn: key.arn,
    context: throughService("s3", { "aws:s3:arn": encrypted }, context),
  };
  return keyUse(callOfInstance(role, asked, context), role, key, account, context);
}

function callOfInstance(role: RoleSetting, asked: Parameters<typeof callOfRole>[2], context: RuleContext) {
  const { proofInstance = "" } = context.roles;
  const ofInstance = { "ec2:SourceInstanceARN": arnOf("ec2", `instance/${proofInstance}`, context) };
  const keys = { ...HEADERS, ...ofInstance, ...asked.context };
  return callOfRole(role, proofInstance, { ...asked, context: keys }, context);
}

/** The script puts the object as it is; which headers it comes with is tried with none. */
const HEADERS = { "s3:x-amz-acl": null, "s3:x-amz-server-side-encryption": null, "s3:TlsVersion": "1.3" };

/** The key that objects of the bucket are encrypted with; empty where that is not one of the account's own. */
function keyNameOf({ encryption }: BucketSetting, { roles }: RuleContext): string {
  if (encryption === null || encryption.keyArn === "") return roles.key ?? "";
  return encryption.keyArn;
}

function keyOf(bucket: BucketSetting, account: Account, context: RuleContext): KeySetting | null {
  const name = keyNameOf(bucket, context);
  return name === "" ? null : settingOf(account, "key", name);
}

function arnOfBucket({ name }: BucketSetting, context: RuleContext): string {
  return `arn:${context.partition}:s3:::${subjectOf("bucket", name, context)}`;
}

function noRole({ roleArn }: InstanceSetting): Broken {
  const cause =
    roleArn === ""
      ? "The instance has no instance profile with a role, and so no credentials."
      : `The instance's role ${roleArn} does not exist.`;
  return broken(cause, [], {
    text: "Set iam_instance_profile of the aws_instance to a profile whose role may put the object.",
  });
}

function broken(cause: string, evidence: readonly string[], remedy: Remedy): Broken {
  const statement = "The instance did not prove its way to the bucket.";
  return { verdict: "fail", statement, evidence, cause, remedy, cuts: [] };
}
