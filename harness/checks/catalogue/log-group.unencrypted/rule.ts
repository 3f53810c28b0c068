import type { Account } from "../../../model/settings/account.ts";
import type { LogGroupSetting } from "../../../model/settings/data-setting.ts";
import { stageSubject, subjectOf } from "../../../model/settings/subject.ts";
import { ownerOfKey } from "../../customer-key.ts";
import { judging, passes, readingFirst, settingOf } from "../../judging.ts";
import { lines, resource, terraform, within } from "../../remedy.ts";
import type { Judged, Rule, RuleContext, RuleResult, Wire } from "../../rule.ts";

/**
 * Log groups are made before what writes to them, with the key and a retention: a service that finds none makes one with neither.
 * docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export const logGroupUnencrypted: Rule = {
  code: "log-group.unencrypted",
  severity: "advice",
  title: "Log groups have the key and a retention",
  breaks:
    "A function's, the API's or the flow log's group without the key or without retention, or left to the service to make: logs lie under AWS' own key and are kept, and paid, for ever.",
  reads: ["log-group", "function", "api-stage", "key"],
  needs: [],
  remedy:
    "Make each aws_cloudwatch_log_group yourself, with kms_key_id and retention_in_days, and let what writes to it depend on it.",

  judge(account, context) {
    const { entryFunction, consumerFunction, flowLogGroup } = context.roles;
    // A flow log without its group is flow-logs.not-delivering's.
    const flowLog = { what: "the VPC's flow log", group: subjectOf("log-group", flowLogGroup ?? "", context) };
    return [
      ...judgeFunction(entryFunction, "function-log", account, context),
      ...judgeFunction(consumerFunction, "consumer-log", account, context),
      ...accessLogWriter(account, context).flatMap((writer) => judgeWriter(writer, account, context)),
      ...(flowLogGroup === undefined ? [] : judgeWriter(flowLog, account, context)),
    ];
  },
};

/** What writes logs, and to which group. */
interface Writer {
  readonly what: string;
  readonly group: string;
  /** The wire that is cut while the group does not exist; undefined where a missing group is another rule's. */
  readonly cut?: Wire;
}

function judgeFunction(
  reference: string | undefined,
  cut: Wire,
  account: Account,
  context: RuleContext,
): readonly RuleResult[] {
  if (reference === undefined) return [];
  const what = `function ${subjectOf("function", reference, context)}`;
  return readingFirst(
    `log group of ${what}`,
    // A function that does not exist writes nothing; that it is gone, other rules say.
    () => settingOf(account, "function", reference, what),
    ({ name, logGroup }) => judgeWriter({ what, group: logGroup || `/aws/lambda/${name}`, cut }, account, context),
  );
}

/** A stage whose group does not exist is api.access-logs-missing's. */
function accessLogWriter(account: Account, context: RuleContext): Writer[] {
  const { api, apiStage, accessLogGroup } = context.roles;
  const what = api === undefined ? "an access log" : `the access log of API ${api}`;
  if (accessLogGroup !== undefined) return [{ what, group: subjectOf("log-group", accessLogGroup, context) }];
  if (api === undefined || apiStage === undefined) return [];
  const destination = account.find("api-stage", stageSubject(api, apiStage))?.accessLogDestinationArn ?? "";
  const isElsewhere = destination === "" || /^arn:[^:]*:(?!logs:)/.test(destination);
  return isElsewhere ? [] : [{ what, group: subjectOf("log-group", destination, context) }];
}

function judgeWriter(writer: Writer, account: Account, context: RuleContext): readonly RuleResult[] {
  const { group, cut } = writer;
  const subject = `log group ${group}`;
  return judging(subject, () => {
    const setting = settingOf(account, "log-group", group);
    if (setting !== null) return judgeGroup(subject, writer, setting, account, context);
    return cut === undefined ? null : missing(subject, writer, cut, context);
  });
}

function judgeGroup(
  subject: string,
  { what, group }: Writer,
  { keyArn, retentionDays }: LogGroupSetting,
  account: Account,
  context: RuleContext,
): Judged {
  const key = ownerOfKey(keyArn, subject, account, context);
  const evidence = [
    `key: ${keyArn || "none of its own"}`,
    `retention: ${retentionDays === null ? "never expires" : `${retentionDays} days`}`,
  ];
  const gaps = [
    ...(key.kind === "none" || key.kind === "aws-managed" ? ["is not encrypted with the key"] : []),
    ...(key.kind === "absent" ? [`has another key than one of this account: ${key.key} does not exist`] : []),
    ...(retentionDays === null ? ["has no retention"] : []),
  ];
  if (gaps.length === 0 && key.kind === "not-known") throw key.why;
  if (gaps.length === 0) return passes(`The ${subject} has the key and a retention.`, evidence);
  const byService = keyArn === "" && retentionDays === null;
  return {
    verdict: "fail",
    statement: `The ${subject} of ${what} ${gaps.join(" and ")}.`,
    evidence,
    cause: `The ${subject} of ${what} ${gaps.join(" and ")}${byService ? ", as a group is that the service itself made because there was none when it first wrote" : ""}. Events pass all the same.`,
    remedy: terraform(
      `Set the key and a retention on the aws_cloudwatch_log_group named ${group}${byService ? ` (terraform import it first: it exists), and let ${what} depend on it` : ""}.`,
      within(`aws_cloudwatch_log_group named ${group}`, lines(keyAndRetention(context))),
    ),
    cuts: [],
  };
}

function missing(subject: string, { what, group }: Writer, cut: Wire, context: RuleContext): Judged {
  return {
    verdict: "fail",
    statement: `There is no ${subject}.`,
    evidence: [`logs:DescribeLogGroups knows no group of that name`],
    cause: `The ${subject}, which ${what} writes to, does not exist: its lines are lost, or the service makes the group itself, without key and retention.`,
    remedy: terraform(
      `Add the aws_cloudwatch_log_group ${group} and let ${what} depend on it.`,
      resource("aws_cloudwatch_log_group", "this", { name: group, ...keyAndRetention(context) }),
    ),
    cuts: [cut],
  };
}

function keyAndRetention({ roles }: RuleContext) {
  return { kms_key_id: roles.key ?? "<ARN of your aws_kms_key>", retention_in_days: 14 };
}
