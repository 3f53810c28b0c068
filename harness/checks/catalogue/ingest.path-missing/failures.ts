import type { Failures } from "../../../failures/variant.ts";
import { ACCOUNT_ID, REGION } from "../../../testing/names.ts";
import { listenerAction } from "../../../testing/network.ts";
import { add, has, output, remove, resourceLike, type StateChange, setValues } from "../../../testing/state.ts";

const ofIngest = has("function_name", output("ingest_function_name"));
const ANOTHER_GROUP = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT_ID}:targetgroup/another/0123456789abcdef`;
const STOPS = ["entry.failing at alb-to-table / entry"];
const action = (values: Readonly<Record<string, unknown>>): StateChange =>
  setValues("aws_lb_listener", { default_action: [listenerAction(values)] });
const environment = (variables: Readonly<Record<string, string>>): StateChange =>
  setValues("aws_lambda_function", { environment: [{ variables }] }, ofIngest);

export const failures: Failures = {
  variants: [
    {
      way: "the load balancer has no listener",
      changes: [remove("aws_lb_listener")],
      cause: "has no listener",
      stops: STOPS,
    },
    {
      way: "the listener answers by itself",
      changes: [
        action({
          type: "fixed-response",
          fixed_response: [{ content_type: "text/plain", message_body: "hello", status_code: "404" }],
        }),
      ],
      only: "alb-*",
      cause: "fixed-response",
      stops: ["entry.rejected at alb-to-table / entry"],
    },
    {
      way: "the listener forwards to another target group",
      changes: [
        add(resourceLike("aws_lb_target_group"), "another", { arn: ANOTHER_GROUP, id: ANOTHER_GROUP, name: "another" }),
        action({ type: "forward", target_group_arn: ANOTHER_GROUP }),
      ],
      only: "alb-*",
      cause: "does not lead to",
      stops: STOPS,
    },
    {
      way: "the function does not know the stream",
      changes: [environment({})],
      only: "alb-*",
      cause: "environment variables",
      stops: STOPS,
    },
    {
      way: "the function knows another stream",
      changes: [environment({ STREAM_NAME: "no-such-stream" })],
      only: "alb-*",
      cause: output("stream_name"),
      stops: STOPS,
    },
    {
      way: "there is no function behind the load balancer",
      changes: [remove("aws_lambda_function", ofIngest), remove("aws_lambda_permission", ofIngest)],
      only: "alb-*",
      cause: "does not exist",
      stops: STOPS,
    },
  ],
};
