import { nameIn } from "../../../model/resource-name.ts";
import type { Account } from "../../../model/settings/account.ts";
import type { BucketSetting } from "../../../model/settings/data-setting.ts";
import { arnOf } from "../../../model/settings/place.ts";
import { STATE_SUBJECT } from "../../../model/settings/state-setting.ts";
import { subjectOf } from "../../../model/settings/subject.ts";
import { existing, fromTerraform, judging, passes } from "../../judging.ts";
import { GIVE_STATE } from "../../not-known.ts";
import { block, terraform, within } from "../../remedy.ts";
import type { Judged, Rule } from "../../rule.ts";

/**
 * A bucket has one notification configuration: what Terraform applied in several resources, the last of them wiped. Every rule that
 * the state holds is in the account, and so is one that tells the entry function of uploads, which needs no state to expect.
 * docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html
 */
export const bucketNotificationOverwritten: Rule = {
  code: "bucket.notification-overwritten",
  severity: "flow",
  title: "The bucket has every notification rule that it was given",
  breaks:
    "Two aws_s3_bucket_notification resources for one bucket, or a change outside Terraform: the later wiped the earlier, and uploads that only the lost rule matched invoke nothing.",
  reads: ["bucket", "state-notifications"],
  needs: ["bucket", "entryFunction"],
  remedy: "Put every lambda_function, queue and topic block of a bucket into one aws_s3_bucket_notification.",

  judge(account, context) {
    const name = subjectOf("bucket", context.roles.bucket ?? "", context);
    const subject = `notifications of bucket ${name}`;
    return judging(subject, () => {
      const bucket = existing(account, "bucket", name);
      const functionName = subjectOf("function", context.roles.entryFunction ?? "", context);
      const isEntry = (arn: string) => subjectOf("function", arn, context) === functionName;
      const expected = expectedRules(name, account);
      const lost = expected.filter(({ rule }) => !isInForce(rule, bucket.functionNotifications));
      if (lost.length > 0) return overwritten(bucket, expected, lost, isEntry);
      const upload = bucket.functionNotifications.find(
        (rule) => isEntry(rule.functionArn) && rule.events.some(isUpload),
      );
      // For the pipeline of another entry, nothing says that the bucket should notify its function.
      if (upload === undefined && context.entryKind === "s3")
        return noRule(bucket, functionName, arnOf("lambda", `function:${functionName}`, context));
      const evidence = bucket.functionNotifications.map(describeRule);
      const what = `whether bucket ${name} has every rule that it was given`;
      const known = evidence.map((rule) => `in the account: ${rule}`);
      fromTerraform(account, "state-notifications", what, GIVE_STATE, known);
      return passes(`The bucket ${name} has every notification rule that the state holds.`, evidence);
    });
  },
};

type NotificationRule = BucketSetting["functionNotifications"][number];

interface ExpectedRule {
  /** The resource that it was applied with. */
  readonly address: string;
  readonly rule: NotificationRule;
}

function expectedRules(bucket: string, account: Account): ExpectedRule[] {
  return (account.find("state-notifications", STATE_SUBJECT)?.notifications ?? [])
    .filter((notification) => notification.bucket === bucket)
    .flatMap(({ address, functionRules }) => functionRules.map((rule) => ({ address, rule })));
}

/** Whatever a rule would tell its function is told, by rules of any name. */
function isInForce(expected: NotificationRule, actual: readonly NotificationRule[]): boolean {
  const covering = actual.filter(
    (rule) =>
      rule.functionArn === expected.functionArn &&
      expected.prefix.startsWith(rule.prefix) &&
      expected.suffix.endsWith(rule.suffix),
  );
  const events = covering.flatMap((rule) => rule.events);
  return expected.events.every((event) => isCovered(event, events));
}

/** What `s3:ObjectCreated:*` stands for: docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html */
const CREATED = ["Put", "Post", "Copy", "CompleteMultipartUpload"].map((how) => `s3:ObjectCreated:${how}`);

function isCovered(event: string, by: readonly string[]): boolean {
  if (by.some((other) => other === event || (other.endsWith(":*") && event.startsWith(other.slice(0, -1)))))
    return true;
  return event === "s3:ObjectCreated:*" && CREATED.every((one) => by.includes(one));
}

function isUpload(event: string): boolean {
  return event === "s3:ObjectCreated:*" || event === "s3:ObjectCreated:Put";
}

function describeRule({ id, functionArn, events, prefix, suffix }: NotificationRule): string {
  const filter = prefix === "" && suffix === "" ? "" : `, keys ${prefix}*${suffix}`;
  return `${id}: ${events.join(", ")}${filter} → ${nameIn(functionArn)}`;
}

function overwritten(
  { name, functionNotifications }: BucketSetting,
  expected: readonly ExpectedRule[],
  lost: readonly ExpectedRule[],
  isEntry: (functionArn: string) => boolean,
): Judged {
  const addresses = [...new Set(expected.map(({ address }) => address))];
  const list = lost.map(({ rule }) => describeRule(rule)).join("; ");
  const why =
    addresses.length > 1
      ? `the state has ${addresses.length} notification resources for it (${addresses.join(", ")}), and a bucket keeps only what was put last`
      : `it is in the state of ${addresses.join("")} and no longer in the account: something outside this Terraform replaced the bucket's notifications`;
  return {
    verdict: "fail",
    statement: `The bucket ${name} has lost ${lost.length === 1 ? "a notification rule" : `${lost.length} notification rules`}: ${list}.`,
    evidence: [
      ...lost.map(({ address, rule }) => `expected by ${address}: ${describeRule(rule)}`),
      ...functionNotifications.map((rule) => `in the account: ${describeRule(rule)}`),
      ...(functionNotifications.length === 0 ? ["in the account: no rule for a function"] : []),
    ],
    cause: `The rule ${list} is gone from ${name}: ${why}. Uploads that only this rule matched invoke nothing, without any error.`,
    remedy: {
      text: `Keep one aws_s3_bucket_notification for ${name} with every rule in it${addresses.length > 1 ? `: move the blocks of ${addresses.slice(1).join(", ")} into ${addresses[0] ?? ""} and remove the others` : ""}, then apply.`,
    },
    cuts: lost.some(({ rule }) => isEntry(rule.functionArn) && rule.events.some(isUpload)) ? ["bucket-function"] : [],
  };
}

function noRule({ name, functionNotifications }: BucketSetting, functionName: string, functionArn: string): Judged {
  const evidence = functionNotifications.map(describeRule);
  return {
    verdict: "fail",
    statement: `No notification rule of bucket ${name} tells ${functionName} of uploads.`,
    evidence: evidence.length > 0 ? evidence : ["no notification rule for a function"],
    cause: `The bucket ${name} has no rule with s3:ObjectCreated:* or s3:ObjectCreated:Put for ${functionName}: it was never made, or a second notification configuration replaced it. Uploads are stored and invoke nothing, without any error.`,
    remedy: terraform(
      `Add a lambda_function block for ${functionName} to the one aws_s3_bucket_notification of ${name}.`,
      within(
        `aws_s3_bucket_notification of ${name}`,
        block("lambda_function", { lambda_function_arn: functionArn, events: ["s3:ObjectCreated:*"] }),
      ),
    ),
    cuts: ["bucket-function"],
  };
}
