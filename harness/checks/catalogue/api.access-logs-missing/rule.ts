import type { Remedy } from "../../../model/finding.ts";
import type { Account } from "../../../model/settings/account.ts";
import { arnOf } from "../../../model/settings/place.ts";
import { stageSubject, subjectOf } from "../../../model/settings/subject.ts";
import { logWritingDenied } from "../../iam/log-writing.ts";
import { becauseOf, evidenceOf, judging, passes, settingOf } from "../../judging.ts";
import { block, expression, letAssume, resource, terraform, within } from "../../remedy.ts";
import type { Broken, Rule, RuleContext } from "../../rule.ts";

const API_GATEWAY = "apigateway.amazonaws.com";

/**
 * A stage's access logs need a destination that exists and, for CloudWatch, the one role that API Gateway writes with for all
 * APIs of the account and region.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export const apiAccessLogsMissing: Rule = {
  code: "api.access-logs-missing",
  severity: "advice",
  title: "The stage's access logs are written",
  breaks: "The stage is up, and no access log ever appears.",
  reads: ["api-stage", "api-account", "role", "log-group"],
  needs: ["api", "apiStage"],
  remedy:
    "aws_api_gateway_account with cloudwatch_role_arn = a role that trusts apigateway.amazonaws.com and has AmazonAPIGatewayPushToCloudWatchLogs; access_log_settings in the stage.",

  judge(account, context) {
    const { api = "", apiStage = "" } = context.roles;
    const subject = `stage ${apiStage} of API ${api}`;
    return judging(subject, () => {
      const stage = settingOf(account, "api-stage", stageSubject(api, apiStage));
      // A stage that does not exist answers no request, which the entry shows.
      if (stage === null) return null;
      const destination = stage.accessLogDestinationArn;
      if (destination === "") return broken("The stage has no access log settings.", [], settingsRemedy(context));
      if (/^arn:[^:]+:firehose:/.test(destination)) {
        return passes("Access logs go to a delivery stream.", [destination]);
      }
      return flawOfGroup(destination, account, context) ?? judgeRole(destination, account, context);
    });
  },
};

function flawOfGroup(destination: string, account: Account, context: RuleContext): Broken | null {
  const group = subjectOf("log-group", destination, context);
  const expected = context.roles.accessLogGroup;
  if (expected !== undefined && subjectOf("log-group", expected, context) !== group) {
    return broken(`Access logs go to ${group} and not to ${expected}.`, [destination], settingsRemedy(context));
  }
  if (settingOf(account, "log-group", destination) !== null) return null;
  return broken(`The log group ${group} does not exist.`, [destination], {
    text: `Create the aws_cloudwatch_log_group ${group} before the stage.`,
  });
}

function judgeRole(destination: string, account: Account, context: RuleContext) {
  const group = subjectOf("log-group", destination, context);
  const roleArn = settingOf(account, "api-account", context.region)?.cloudwatchRoleArn ?? "";
  if (roleArn === "") {
    return broken(
      `API Gateway has no CloudWatch role in ${context.region}: it writes no logs for any API.`,
      [],
      ACCOUNT_REMEDY,
    );
  }
  const role = settingOf(account, "role", roleArn);
  if (role === null) {
    return broken(`API Gateway's CloudWatch role ${roleArn} does not exist.`, [roleArn], ACCOUNT_REMEDY);
  }
  const denied = logWritingDenied(API_GATEWAY, null, role, group, context);
  if (denied !== null) {
    const isTrust = denied.kind === "not-trusted";
    return broken(
      isTrust
        ? `API Gateway may not take on its CloudWatch role ${role.name}: ${becauseOf(denied.denied)}.`
        : `API Gateway's CloudWatch role ${role.name} may not write to ${group}: ${becauseOf(denied.denied)}.`,
      evidenceOf(denied.denied),
      isTrust ? letAssume(role.name, API_GATEWAY) : attachPolicy(role.name, context),
    );
  }
  return passes(`Access logs go to ${group}, and API Gateway may write there.`, [`role ${role.name}`]);
}

const ACCOUNT_REMEDY = {
  text: 'aws_api_gateway_account with cloudwatch_role_arn = a role that trusts "apigateway.amazonaws.com" and has the policy service-role/AmazonAPIGatewayPushToCloudWatchLogs; the stage depends on it.',
};

function attachPolicy(role: string, { partition }: RuleContext): Remedy {
  const policy = `arn:${partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`;
  return terraform(
    `Attach ${policy} to ${role}.`,
    resource("aws_iam_role_policy_attachment", "api_logs", { role, policy_arn: policy }),
  );
}

function settingsRemedy(context: RuleContext): Remedy {
  const { accessLogGroup, apiStage } = context.roles;
  const settings = block("access_log_settings", {
    destination_arn:
      accessLogGroup === undefined
        ? "<ARN of your aws_cloudwatch_log_group>"
        : arnOf("logs", `log-group:${subjectOf("log-group", accessLogGroup, context)}`, context),
    format: expression('jsonencode({ requestId = "$context.requestId", status = "$context.status" })'),
  });
  return terraform(
    `Set access_log_settings in the aws_api_gateway_stage ${apiStage}.`,
    within(`aws_api_gateway_stage ${apiStage}`, settings),
  );
}

function broken(cause: string, evidence: readonly string[], remedy: Remedy): Broken {
  return {
    verdict: "fail",
    statement: "No access log of the stage appears.",
    evidence,
    cause,
    remedy,
    cuts: [],
  };
}
