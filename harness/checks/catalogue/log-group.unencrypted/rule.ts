import type { Account, Looked } from "../../../model/settings/account.ts";
import type { LogGroupSetting } from "../../../model/settings/data-setting.ts";
import { stageSubject, subjectOf } from "../../../model/settings/subject.ts";
import { ownerOfKey } from "../../customer-key.ts";
import { logGroupNameOf } from "../../log-group-name.ts";
import { notKnown } from "../../not-known.ts";
import type { Rule, RuleContext, RuleResult, Wire } from "../../rule.ts";

/**
 * Log groups are made before what writes to them, with the key and a retention: a service that finds none makes one with neither.
 * docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export const logGroupUnencrypted: Rule = {
  code: "log-group.unencrypted",
  title: "Log groups have the key and a retention",
  breaks:
    "A function's, the API's or the flow log's group without the key or without retention, or left to the service to make: logs lie under AWS' own key and are kept, and paid, for ever.",
  reads: ["log-group", "function", "api-stage", "key"],
  needs: [],
  remedy:
    "Make each aws_cloudwatch_log_group yourself, with kms_key_id and retention_in_days, and let what writes to it depend on it.",

  judge(account, context) {
    return writersOf(account, context).flatMap((writer) => judgeWriter(writer, account, context));
  },
};

/** What writes logs, and to which group. */
interface Writer {
  readonly what: string;
  readonly group: string;
  /** The wire that is cut while the group does not exist; undefined where a missing group is another rule's. */
  readonly cut: Wire | undefined;
}

type LookedWriter = Writer | RuleResult;

function writersOf(account: Account, context: RuleContext): LookedWriter[] {
  const { entryFunction, consumerFunction, flowLogGroup } = context.roles;
  return [
    ...functionWriter(entryFunction, "function-log", account, context),
    ...functionWriter(consumerFunction, "consumer-log", account, context),
    ...accessLogWriter(account, context),
    // A flow log without its group is flow-logs.not-delivering's.
    ...(flowLogGroup === undefined
      ? []
      : [{ what: "the VPC's flow log", group: subjectOf("log-group", flowLogGroup, context), cut: undefined }]),
  ];
}

function functionWriter(
  reference: string | undefined,
  cut: Wire,
  account: Account,
  context: RuleContext,
): LookedWriter[] {
  if (reference === undefined) return [];
  const name = subjectOf("function", reference, context);
  const looked = account.look("function", name);
  // A function that does not exist writes nothing; that it is gone, other rules say.
  if (looked.kind === "absent") return [];
  const what = `function ${name}`;
  if (looked.kind !== "read") return [notKnown(`log group of ${what}`, what, looked)];
  return [{ what, group: looked.setting.logGroup || `/aws/lambda/${name}`, cut }];
}

/** A stage whose group does not exist is api.access-logs-missing's. */
function accessLogWriter(account: Account, context: RuleContext): LookedWriter[] {
  const { api, apiStage, accessLogGroup } = context.roles;
  const what = api === undefined ? "an access log" : `the access log of API ${api}`;
  if (accessLogGroup !== undefined)
    return [{ what, group: subjectOf("log-group", accessLogGroup, context), cut: undefined }];
  if (api === undefined || apiStage === undefined) return [];
  const stage = account.look("api-stage", stageSubject(api, apiStage));
  const group = stage.kind === "read" ? logGroupNameOf(stage.setting.accessLogDestinationArn, context) : undefined;
  return group === undefined ? [] : [{ what, group, cut: undefined }];
}

function judgeWriter(writer: LookedWriter, account: Account, context: RuleContext): RuleResult[] {
  if ("verdict" in writer) return [writer];
  const subject = `log group ${writer.group}`;
  const looked = account.look("log-group", writer.group);
  switch (looked.kind) {
    case "read":
      return [judgeGroup(subject, writer, looked.setting, account, context)];
    case "absent":
      return writer.cut === undefined ? [] : [missing(subject, writer, writer.cut, context)];
    default:
      return [notKnown(subject, subject, looked satisfies Looked<"log-group">)];
  }
}

function judgeGroup(
  subject: string,
  { what, group }: Writer,
  { keyArn, retentionDays }: LogGroupSetting,
  account: Account,
  context: RuleContext,
): RuleResult {
  const key = ownerOfKey(keyArn, account, context);
  const evidence = [
    `key: ${keyArn || "none of its own"}`,
    `retention: ${retentionDays === null ? "never expires" : `${retentionDays} days`}`,
  ];
  const gaps = [
    ...(key.kind === "none" || key.kind === "aws-managed" ? ["is not encrypted with the key"] : []),
    ...(key.kind === "absent" ? [`has another key than one of this account: ${key.key} does not exist`] : []),
    ...(retentionDays === null ? ["has no retention"] : []),
  ];
  if (gaps.length === 0 && key.kind === "not-known")
    return notKnown(subject, `key ${key.key} of ${subject}`, key.looked);
  if (gaps.length === 0)
    return { verdict: "pass", subject, statement: `The ${subject} has the key and a retention.`, evidence };
  const byService = keyArn === "" && retentionDays === null;
  return {
    verdict: "fail",
    subject,
    statement: `The ${subject} of ${what} ${gaps.join(" and ")}.`,
    evidence,
    cause: `The ${subject} of ${what} ${gaps.join(" and ")}${byService ? ", as a group is that the service itself made because there was none when it first wrote" : ""}. Events pass all the same.`,
    remedy: `On the aws_cloudwatch_log_group named ${group} set kms_key_id = "${context.roles.key ?? "<ARN of your aws_kms_key>"}" and retention_in_days = 14${byService ? ` (terraform import it first: it exists), and let ${what} depend on it` : ""}.`,
    cuts: [],
  };
}

function missing(subject: string, { what, group }: Writer, cut: Wire, context: RuleContext): RuleResult {
  return {
    verdict: "fail",
    subject,
    statement: `There is no ${subject}.`,
    evidence: [`logs:DescribeLogGroups knows no group of that name`],
    cause: `The ${subject}, which ${what} writes to, does not exist: its lines are lost, or the service makes the group itself, without key and retention.`,
    remedy: `Add resource "aws_cloudwatch_log_group" { name = "${group}", kms_key_id = "${context.roles.key ?? "<ARN of your aws_kms_key>"}", retention_in_days = 14 } and let ${what} depend on it.`,
    cuts: [cut],
  };
}
