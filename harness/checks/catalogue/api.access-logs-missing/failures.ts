import { breaking, type Failures } from "../../../failures/variant.ts";
import { ACCOUNT_ID, REGION, ROLE } from "../../../testing/names.ts";
import { trust, withoutPolicies } from "../../../testing/policies.ts";
import { has, output, remove, setValues } from "../../../testing/state.ts";

const variant = breaking({
  only: "api-*",
});

export const failures: Failures = {
  variants: [
    {
      way: "the account has no CloudWatch role for API Gateway",
      changes: [remove("aws_api_gateway_account")],
      cause: "no CloudWatch role",
    },
    variant(
      "the account's CloudWatch role is empty",
      "no CloudWatch role",
      setValues("aws_api_gateway_account", { cloudwatch_role_arn: "" }),
    ),
    variant("the CloudWatch role has no policy", "may not write", withoutPolicies(ROLE.apiLogs)),
    variant(
      "the CloudWatch role does not exist",
      "does not exist",
      setValues("aws_api_gateway_account", { cloudwatch_role_arn: `arn:aws:iam::${ACCOUNT_ID}:role/of-long-ago` }),
    ),
    variant(
      "the CloudWatch role trusts Lambda",
      "may not take on",
      trust(ROLE.apiLogs, { Principal: { Service: "lambda.amazonaws.com" } }),
    ),
    variant(
      "the stage has no access log settings",
      "no access log settings",
      setValues("aws_api_gateway_stage", { access_log_settings: [] }),
    ),
    variant(
      "the stage logs to a group that does not exist",
      "does not exist",
      remove("aws_cloudwatch_log_group", has("name", output("api_access_log_group_name"))),
    ),
    variant(
      "the stage logs to another group",
      "and not to",
      setValues("aws_api_gateway_stage", {
        access_log_settings: [
          {
            destination_arn: `arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:${output("flow_log_group_name")}`,
            format: "$context.requestId",
          },
        ],
      }),
    ),
  ],
};
