import type { BrokenVariant, Failures } from "../../../failures/variant.ts";
import { ACCOUNT_ID, REGION } from "../../../testing/names.ts";
import { add, named, output, remove, resourceLike, setValues } from "../../../testing/state.ts";

const ofApi = named("api");
const STOPS = ["entry.failing at api-to-table / entry"];
const API = output("api_id");
const executionArn = (rest: string, api = API) => `arn:aws:execute-api:${REGION}:${ACCOUNT_ID}:${api}/${rest}`;

const VALIDATOR = { ...resourceLike("aws_api_gateway_method"), type: "aws_api_gateway_request_validator", values: {} };

const permission = (way: string, values: Readonly<Record<string, unknown>>): BrokenVariant => ({
  way,
  changes: [setValues("aws_lambda_permission", values, ofApi)],
  only: "api-*",
  cause: "may not invoke",
  stops: STOPS,
});
const integration = (way: string, cause: string, values: Readonly<Record<string, unknown>>): BrokenVariant => ({
  way,
  changes: [setValues("aws_api_gateway_integration", values)],
  only: "api-*",
  cause,
  stops: STOPS,
});

export const failures: Failures = {
  variants: [
    {
      way: "there is no permission for API Gateway",
      changes: [remove("aws_lambda_permission", ofApi)],
      cause: "may not invoke",
      stops: STOPS,
    },
    permission("the permission names another API", { source_arn: executionArn("*/POST/process", "a1b2c3d4e5") }),
    permission("the permission names another stage", { source_arn: executionArn("test/POST/process") }),
    permission("the permission names another method", { source_arn: executionArn("*/GET/process") }),
    permission("the permission names another path", { source_arn: executionArn("*/POST/other") }),
    permission("the permission names the API and no more", { source_arn: executionArn("").slice(0, -1) }),
    permission("the permission is for another service", { principal: "events.amazonaws.com" }),
    integration("the integration is no proxy", "AWS", { type: "AWS" }),
    integration("the integration calls Lambda by GET", "GET", { integration_http_method: "GET" }),
    integration("the integration calls another function", output("ingest_function_arn"), {
      uri: `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${output("ingest_function_arn")}/invocations`,
    }),
    {
      way: "the method has no integration",
      changes: [remove("aws_api_gateway_integration")],
      only: "api-*",
      cause: "no integration",
      stops: STOPS,
    },
    {
      way: "the API has no method for the route",
      changes: [remove("aws_api_gateway_method"), remove("aws_api_gateway_integration")],
      only: "api-*",
      cause: "Missing Authentication Token",
      stops: ["entry.rejected at api-to-table / entry"],
    },
    {
      way: "a request validator asks for a parameter that the requests do not have",
      changes: [
        add(VALIDATOR, "strict", {
          id: "v1",
          name: "strict",
          rest_api_id: API,
          validate_request_parameters: true,
        }),
        setValues("aws_api_gateway_method", {
          request_validator_id: "v1",
          request_parameters: { "method.request.querystring.page": true },
        }),
      ],
      only: "api-*",
      cause: "asks for querystring.page",
      stops: ["entry.rejected at api-to-table / entry"],
    },
  ],
};
