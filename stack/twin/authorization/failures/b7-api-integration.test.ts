import { add, noResourcePolicy, nothing, remove, table } from "../testing/changes.ts";
import { apiArn, arn, permission, region } from "../testing/example-stack.ts";

const api = (rest: object, principal = "apigateway.amazonaws.com") =>
  add("aws_lambda_permission.api", permission("content", principal, rest));

table("B7: API Gateway invokes the function", (stack) => stack.apiInvokes(), [
  ["with the method and path on any stage", nothing, "allowed"],
  ["with everything of the API", api({ source_arn: `${apiArn}/*` }), "allowed"],
  ["with /*/*", api({ source_arn: `${apiArn}/*/*` }), "allowed"],
  ["with the very stage", api({ source_arn: `${apiArn}/live/POST/process` }), "allowed"],
  ["with any API of the account", api({ source_arn: arn("execute-api", "*") }), "allowed"],
  ["not without a permission", remove("aws_lambda_permission.api"), noResourcePolicy],
  ["not with the API's ARN alone", api({ source_arn: apiArn }), noResourcePolicy],
  [
    "not with the management ARN",
    api({ source_arn: `arn:aws:apigateway:${region}::/restapis/a1b2c3d4e5/stages/live` }),
    noResourcePolicy,
  ],
  ["not with another API", api({ source_arn: `${arn("execute-api", "other")}/*/POST/process` }), noResourcePolicy],
  ["not with another stage", api({ source_arn: `${apiArn}/test/POST/process` }), noResourcePolicy],
  ["not with another method", api({ source_arn: `${apiArn}/*/GET/process` }), noResourcePolicy],
  ["not with another path", api({ source_arn: `${apiArn}/*/POST/other` }), noResourcePolicy],
  ["not with another region", api({ source_arn: `${apiArn.replace(region, "us-east-1")}/*` }), noResourcePolicy],
  [
    "not with the load balancer's principal",
    api({ source_arn: `${apiArn}/*` }, "elasticloadbalancing.amazonaws.com"),
    noResourcePolicy,
  ],
]);
