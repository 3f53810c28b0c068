import { logGroupArn } from "../../../testing/names.ts";
import { asItIs, rolePolicy, trustPolicy } from "../../testing/change.ts";
import { describeRule } from "../../testing/describe-rule.ts";
import { type AccountBuilder, ARNS, NAMES, REGION } from "../../testing/healthy-account.ts";
import { allow } from "../../testing/policy-of.ts";
import { apiAccessLogsMissing } from "./rule.ts";

const STAGE = `${NAMES.api}/${NAMES.apiStage}`;
const GROUP = logGroupArn(NAMES.accessLogGroup);
const destination = (accessLogDestinationArn: string) => (a: AccountBuilder) =>
  a.change("api-stage", STAGE, () => ({ accessLogDestinationArn }));
const roleIs = (cloudwatchRoleArn: string) => (a: AccountBuilder) =>
  a.change("api-account", REGION, () => ({ cloudwatchRoleArn }));

describeRule(apiAccessLogsMissing, {
  pipeline: "api",
  healthy: {
    "the reference stack": { change: asItIs },
    "a destination with a star at its end": { change: destination(`${GROUP}:*`) },
    "a role for that group alone": {
      change: rolePolicy(ARNS.apiLogsRole, allow(["logs:CreateLogStream", "logs:PutLogEvents"], `${GROUP}:*`)),
    },
    "a delivery stream, which needs no role": {
      change: (a) =>
        roleIs("")(destination("arn:aws:firehose:us-east-1:123456789012:deliverystream/amazon-apigateway-x")(a)),
    },
    "a role that trusts several": {
      change: trustPolicy(ARNS.apiLogsRole, {
        Effect: "Allow",
        Principal: { Service: ["apigateway.amazonaws.com", "lambda.amazonaws.com"] },
        Action: ["sts:AssumeRole", "sts:TagSession"],
      }),
    },
    "a pipeline that does not say where": {
      change: destination(logGroupArn(NAMES.flowLogGroup)),
      roles: { accessLogGroup: undefined },
    },
  },
  broken: {
    "no role for the account": { change: roleIs(""), cause: /no CloudWatch role in us-east-1/ },
    "nothing set for the account": { change: (a) => a.absent("api-account", REGION), cause: /no CloudWatch role/ },
    "a role that is gone": { change: (a) => a.absent("role", ARNS.apiLogsRole), cause: /does not exist/ },
    "a role without a policy": {
      change: (a) => a.change("role", ARNS.apiLogsRole, () => ({ policies: [] })),
      cause: /may not write to .*access/,
    },
    "a role that may only read": {
      change: rolePolicy(ARNS.apiLogsRole, allow(["logs:Get*", "logs:Describe*"], "*")),
      cause: /is about other actions/,
    },
    "a role for another group": {
      change: rolePolicy(ARNS.apiLogsRole, allow("logs:*", `${GROUP}-2:*`)),
      cause: /access-2/,
    },
    "a role that trusts another service": {
      change: trustPolicy(ARNS.apiLogsRole, {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
      cause: /may not take on .*is for lambda/,
    },
    "no destination": { change: destination(""), cause: /no access log settings/ },
    "a group that is gone": { change: (a) => a.absent("log-group", NAMES.accessLogGroup), cause: /does not exist/ },
    "another group": { change: destination(logGroupArn(NAMES.flowLogGroup)), cause: /and not to \/aws\/apigateway/ },
  },
  unknown: {
    "account settings that may not be read": {
      change: (a) => a.unread("api-account", REGION, "apigateway:GET"),
      remedy: /apigateway:GET/,
    },
    "a role that may not be read": {
      change: (a) => a.unread("role", ARNS.apiLogsRole, "iam:GetRole"),
      remedy: /iam:GetRole/,
    },
  },
});
