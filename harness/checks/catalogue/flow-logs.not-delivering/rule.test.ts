import { logGroupArn } from "../../../testing/names.ts";
import { asItIs, rolePolicy, trustPolicy } from "../../testing/change.ts";
import { describeRule } from "../../testing/describe-rule.ts";
import { type AccountBuilder, ARNS, NAMES } from "../../testing/healthy-account.ts";
import { allow } from "../../testing/policy-of.ts";
import { flowLogsNotDelivering } from "./rule.ts";

const GROUP = logGroupArn(NAMES.flowLogGroup);
const flowLog = (over: object) => ({
  change: (a: AccountBuilder) =>
    a.change("flow-logs", NAMES.vpc, ({ flowLogs }) => ({ flowLogs: flowLogs.map((each) => ({ ...each, ...over })) })),
});
const trusting = (Service: string | string[], condition?: { StringEquals: Record<string, string> }) =>
  trustPolicy(ARNS.flowLogsRole, {
    Effect: "Allow",
    Principal: { Service },
    Action: "sts:AssumeRole",
    ...(condition === undefined ? {} : { Condition: condition }),
  });

describeRule(flowLogsNotDelivering, {
  pipeline: "alb",
  healthy: {
    "the reference stack": { change: asItIs },
    "a bucket": flowLog({ destinationType: "s3", destination: "arn:aws:s3:::flow", roleArn: "" }),
    "a delivery stream": flowLog({
      destinationType: "kinesis-data-firehose",
      destination: "arn:aws:firehose:x:y:deliverystream/z",
      roleArn: "",
    }),
    "another that fails beside it": {
      change: (a) =>
        a.change("flow-logs", NAMES.vpc, ({ flowLogs }) => ({
          flowLogs: [...flowLogs.map((each) => ({ ...each, id: "fl-2", deliveryStatus: "FAILED" })), ...flowLogs],
        })),
    },
    "a role that may write anywhere": { change: rolePolicy(ARNS.flowLogsRole, allow("logs:*", "*")) },
    "a role that trusts several": { change: trusting(["ec2.amazonaws.com", "vpc-flow-logs.amazonaws.com"]) },
    "a group named by its ARN": flowLog({ destination: `${GROUP}:*` }),
    "a delivery of which nothing is known yet": flowLog({ deliveryStatus: "" }),
  },
  broken: {
    "no flow log": { change: (a) => a.change("flow-logs", NAMES.vpc, () => ({ flowLogs: [] })), cause: /No flow log/ },
    "no group": { ...flowLog({ destination: "" }), cause: /no destination/ },
    "a group that is gone": { change: (a) => a.absent("log-group", NAMES.flowLogGroup), cause: /which does not exist/ },
    "another group": { ...flowLog({ destination: NAMES.accessLogGroup }), cause: /and not to \/aws\/vpc/ },
    "no role": { ...flowLog({ roleArn: "" }), cause: /no role to write with/ },
    "a role that is gone": { change: (a) => a.absent("role", ARNS.flowLogsRole), cause: /which does not exist/ },
    "a role that trusts another service": {
      change: trusting("ec2.amazonaws.com"),
      cause: /may not take on .*is for ec2/,
    },
    "a role that trusts for another account": {
      change: trusting("vpc-flow-logs.amazonaws.com", { StringEquals: { "aws:SourceAccount": "999988887777" } }),
      cause: /aws:SourceAccount = 999988887777/,
    },
    "a role that may only describe": {
      change: rolePolicy(ARNS.flowLogsRole, allow("logs:Describe*", "*")),
      cause: /may not write to/,
    },
    "a role for another group": {
      change: rolePolicy(ARNS.flowLogsRole, allow("logs:*", `${GROUP}-2:*`)),
      cause: /flow-logs-2/,
    },
    "a role for the group without its streams": {
      change: rolePolicy(ARNS.flowLogsRole, allow("logs:*", GROUP)),
      cause: /may not write to/,
    },
    "a delivery that fails": {
      ...flowLog({ deliveryStatus: "FAILED", deliveryError: "Access error" }),
      cause: /fails to deliver: Access error/,
    },
  },
  unknown: {
    "flow logs that may not be read": {
      change: (a) => a.unread("flow-logs", NAMES.vpc, "ec2:DescribeFlowLogs"),
      remedy: /ec2:DescribeFlowLogs/,
    },
    "a role that may not be read": {
      change: (a) => a.unread("role", ARNS.flowLogsRole, "iam:GetRole"),
      remedy: /iam:GetRole/,
    },
  },
});
