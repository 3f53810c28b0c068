import type { BrokenVariant, Failures } from "../../../failures/variant.ts";
import { ACCOUNT_ID, OTHER_ACCOUNT, REGION } from "../../../testing/names.ts";
import { named, output, remove, setValues } from "../../../testing/state.ts";

const PERMISSION = "aws_lambda_permission";
const ofLoadBalancer = named("load_balancer");
const STOPS = ["entry.failing at alb-to-table / entry"];

function permission(way: string, values: Readonly<Record<string, unknown>>): BrokenVariant {
  return {
    way,
    changes: [setValues(PERMISSION, values, ofLoadBalancer)],
    only: "alb-*",
    cause: "may not invoke",
    stops: STOPS,
  };
}

export const failures: Failures = {
  variants: [
    {
      way: "there is no permission for the load balancer",
      changes: [remove(PERMISSION, ofLoadBalancer)],
      cause: "may not invoke",
      stops: STOPS,
    },
    permission("the permission is for S3", { principal: "s3.amazonaws.com" }),
    permission("the permission names another target group", {
      source_arn: `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT_ID}:targetgroup/another/0123456789abcdef`,
    }),
    permission("the permission is for another account's load balancers", {
      source_arn: null,
      source_account: OTHER_ACCOUNT,
    }),
    permission("the permission is for another function", { function_name: output("processor_function_name") }),
    permission("the permission is for another action", { action: "lambda:GetFunction" }),
    {
      way: "the target group is one of instances",
      changes: [setValues("aws_lb_target_group", { target_type: "instance", port: 80, protocol: "HTTP" })],
      only: "alb-*",
      cause: "is of type instance",
      stops: STOPS,
    },
    {
      way: "nothing is attached to the target group",
      changes: [remove("aws_lb_target_group_attachment")],
      only: "alb-*",
      cause: "nothing is registered",
      stops: STOPS,
    },
    {
      way: "another function is attached to the target group",
      changes: [setValues("aws_lb_target_group_attachment", { target_id: output("processor_function_arn") })],
      only: "alb-*",
      cause: "is registered",
      stops: STOPS,
    },
  ],
};
