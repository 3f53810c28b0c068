import type { Remedy } from "../../../model/finding.ts";
import type { Account } from "../../../model/settings/account.ts";
import type { FlowLogsSetting } from "../../../model/settings/network-setting.ts";
import { arnOf } from "../../../model/settings/place.ts";
import { subjectOf } from "../../../model/settings/subject.ts";
import { logWritingDenied } from "../../iam/log-writing.ts";
import { attempt, becauseOf, CannotTell, judging, passes, settingOf } from "../../judging.ts";
import { resource, terraform } from "../../remedy.ts";
import type { Rule, RuleContext } from "../../rule.ts";

const FLOW_LOGS = "vpc-flow-logs.amazonaws.com";
type FlowLog = FlowLogsSetting["flowLogs"][number];

/**
 * The VPC has a flow log that arrives: at a log group that exists, by a role that flow logs may take on and that may write there;
 * or at a bucket or a delivery stream. One that arrives is enough.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
export const flowLogsNotDelivering: Rule = {
  code: "flow-logs.not-delivering",
  severity: "advice",
  title: "The VPC's flow log is delivered",
  breaks: "No record of the VPC's traffic arrives anywhere.",
  reads: ["flow-logs", "log-group", "role"],
  needs: ["vpc"],
  remedy:
    "aws_flow_log with vpc_id, log_destination = the ARN of an aws_cloudwatch_log_group, and iam_role_arn = a role that trusts vpc-flow-logs.amazonaws.com and may logs:CreateLogStream and logs:PutLogEvents on that group.",

  judge(account, context) {
    const { vpc = "" } = context.roles;
    const subject = `VPC ${vpc}`;
    return judging(subject, () => {
      const flowLogs = settingOf(account, "flow-logs", vpc)?.flowLogs ?? [];
      const causes = flowLogs.map((flowLog) => attempt(() => whyNotArriving(flowLog, account, context)));
      const arriving = flowLogs[causes.indexOf(null)];
      if (arriving !== undefined) return passes("A flow log of the VPC is delivered.", [describe(arriving)]);
      for (const cause of causes) if (cause instanceof CannotTell) throw cause;
      return {
        verdict: "fail",
        statement: flowLogs.length === 0 ? "The VPC has no flow log." : "No flow log of the VPC is delivered.",
        evidence: flowLogs.map(describe),
        cause: causes.length === 0 ? `No flow log is set up for ${vpc}.` : `${causes.join("; ")}.`,
        remedy: remedyFor(vpc, context),
        cuts: [],
      };
    });
  },
};

/** Null where it arrives. */
function whyNotArriving(flowLog: FlowLog, account: Account, context: RuleContext): string | null {
  const { id, status, deliveryStatus, deliveryError, destinationType, destination, roleArn } = flowLog;
  if (status !== "" && status !== "ACTIVE") return `${id} is ${status}`;
  if (destination === "") return `${id} has no destination`;
  if (destinationType === "cloud-watch-logs") {
    const group = subjectOf("log-group", destination, context);
    const expected = context.roles.flowLogGroup;
    if (expected !== undefined && subjectOf("log-group", expected, context) !== group) {
      return `${id} writes to ${group} and not to ${expected}`;
    }
    if (settingOf(account, "log-group", destination) === null) return `${id} writes to ${group}, which does not exist`;
    if (roleArn === "") return `${id} has no role to write with`;
    const role = settingOf(account, "role", roleArn);
    if (role === null) return `${id} writes with ${roleArn}, which does not exist`;
    const source = arnOf("ec2", `vpc-flow-log/${id}`, context);
    const denied = logWritingDenied(FLOW_LOGS, source, role, group, context);
    if (denied?.kind === "not-trusted") return `flow logs may not take on ${role.name}: ${becauseOf(denied.denied)}`;
    if (denied !== null) return `${role.name} may not write to ${group}: ${becauseOf(denied.denied)}`;
  }
  return deliveryStatus === "FAILED" ? `${id} fails to deliver: ${deliveryError}` : null;
}

function describe({ id, status, deliveryStatus, destinationType, destination, roleArn }: FlowLog): string {
  return `${id}: ${status}, ${destinationType} ${destination}, role ${roleArn === "" ? "none" : roleArn}, delivery ${deliveryStatus === "" ? "not said" : deliveryStatus}`;
}

function remedyFor(vpc: string, context: RuleContext): Remedy {
  const { flowLogGroup } = context.roles;
  const group = flowLogGroup === undefined ? undefined : subjectOf("log-group", flowLogGroup, context);
  const flowLog = resource("aws_flow_log", "this", {
    vpc_id: vpc,
    traffic_type: "ALL",
    log_destination:
      group === undefined ? "<ARN of your aws_cloudwatch_log_group>" : arnOf("logs", `log-group:${group}`, context),
    iam_role_arn: "<ARN of the role>",
  });
  return terraform(
    `Add an aws_flow_log for ${vpc} to ${group === undefined ? "an aws_cloudwatch_log_group" : `the aws_cloudwatch_log_group ${group}`}, with a role that trusts ${FLOW_LOGS} and may logs:CreateLogStream and logs:PutLogEvents on the group's ARN followed by ":*".`,
    flowLog,
  );
}
