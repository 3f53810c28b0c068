import { describe, expect, it } from "vitest";
import { asItIs, permission } from "../../testing/change.ts";
import { describeRule, onlyResult } from "../../testing/describe-rule.ts";
import {
  ACCOUNT_ID,
  type AccountBuilder,
  ARNS,
  contextOf,
  healthyAccount,
  NAMES,
} from "../../testing/healthy-account.ts";
import { allow, role, type StatementJson } from "../../testing/policy-of.ts";
import { apiIntegrationBroken } from "./rule.ts";

const SID = "AllowInvokeFromApi";
const invocationUri = (functionArn: string) =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
const streamingUri = (functionArn: string) =>
  `arn:aws:apigateway:us-east-1:lambda:path/2021-11-15/functions/${functionArn}/response-streaming-invocations`;
const INVOKER = `arn:aws:iam::${ACCOUNT_ID}:role/api-invoker`;
const from = (sourceArn?: string, over: Partial<StatementJson> = {}) => ({
  change: permission(NAMES.content, SID, {
    Sid: "Other",
    Effect: "Allow",
    Principal: { Service: "apigateway.amazonaws.com" },
    Action: "lambda:InvokeFunction",
    Resource: ARNS.content,
    ...(sourceArn === undefined ? {} : { Condition: { ArnLike: { "AWS:SourceArn": sourceArn } } }),
    ...over,
  }),
});
const method = (over: object) => ({
  change: (a: AccountBuilder) =>
    a.change("api", NAMES.api, ({ methods }) => ({ methods: methods.map((each) => ({ ...each, ...over })) })),
});
const byRole = (trusting: string, statement: StatementJson) => ({
  change: (a: AccountBuilder) =>
    method({ integrationCredentialsArn: INVOKER })
      .change(permission(NAMES.content, SID, undefined)(a))
      .with(role(INVOKER, trusting, statement)),
});

describeRule(apiIntegrationBroken, {
  pipeline: "api",
  healthy: {
    "the reference stack": { change: asItIs },
    "everything of the API": from(`${ARNS.apiExecution}/*`),
    "any stage and method": from(`${ARNS.apiExecution}/*/*/process`),
    "the very stage": from(`${ARNS.apiExecution}/live/POST/process`),
    "any API of the account": from(`${ARNS.apiExecution.replace(NAMES.api, "*")}`),
    "no source": from(),
    "a method for any verb": method({ httpMethod: "ANY" }),
    "a greedy path": {
      change: (a) =>
        method({ path: "/{proxy+}", httpMethod: "ANY" }).change(from(`${ARNS.apiExecution}/*/*/*`).change(a)),
    },
    "other routes beside it": {
      change: (a) =>
        a.change("api", NAMES.api, ({ methods }) => ({
          methods: [...methods.map((each) => ({ ...each, path: "/", integrationType: "MOCK" })), ...methods],
        })),
    },
    "a response that is streamed": method({ integrationUri: streamingUri(ARNS.content) }),
    "a role in place of the permission": byRole(
      "apigateway.amazonaws.com",
      allow("lambda:InvokeFunction", ARNS.content),
    ),
  },
  broken: {
    "no permission": {
      change: permission(NAMES.content, SID, undefined),
      cause: /may not invoke stackproof-dev-content .* answers 500/,
    },
    "another API": {
      ...from(`${ARNS.apiExecution.replace(NAMES.api, "other")}/*/POST/process`),
      cause: /other\/\*\/POST/,
    },
    "another stage": { ...from(`${ARNS.apiExecution}/test/POST/process`), cause: /test\/POST/ },
    "another method": { ...from(`${ARNS.apiExecution}/*/GET/process`), cause: /GET\/process/ },
    "another path": { ...from(`${ARNS.apiExecution}/*/POST/other`), cause: /POST\/other/ },
    "the API's ARN alone": { ...from(ARNS.apiExecution), cause: /asks for ArnLike/ },
    "the ARN of its management": {
      ...from(`arn:aws:apigateway:us-east-1::/restapis/${NAMES.api}/stages/live`),
      cause: /restapis/,
    },
    "another service": { ...from(undefined, { Principal: { Service: "s3.amazonaws.com" } }), cause: /is for s3/ },
    "no policy on the function at all but the bucket's": {
      change: permission(NAMES.content, SID, {
        Sid: "D",
        Effect: "Deny",
        Principal: { Service: "apigateway.amazonaws.com" },
        Action: "*",
        Resource: "*",
      }),
      cause: /statement D .*denies it/,
    },
    "no proxy": { ...method({ integrationType: "AWS" }), cause: /of type AWS: .*expects the event of a proxy/ },
    "a mock": { ...method({ integrationType: "MOCK" }), cause: /of type MOCK/ },
    "no integration": { ...method({ integrationType: "", integrationUri: "" }), cause: /no integration/ },
    "another function": {
      ...method({ integrationUri: invocationUri(ARNS.ingest) }),
      cause: /calls .*ingest and not .*content/,
    },
    "another function, whose response is streamed": {
      ...method({ integrationUri: streamingUri(ARNS.ingest) }),
      cause: /calls .*ingest and not .*content/,
    },
    "no permission for a response that is streamed": {
      change: (a) =>
        method({ integrationUri: streamingUri(ARNS.content) }).change(permission(NAMES.content, SID, undefined)(a)),
      cause: /may not invoke stackproof-dev-content/,
    },
    "GET to Lambda": { ...method({ integrationHttpMethod: "GET" }), cause: /by GET; Lambda takes POST alone/ },
    "no such route": { ...method({ path: "/other" }), cause: /no method for POST \/process/ },
    "no such API": { change: (a) => a.absent("api", NAMES.api), cause: /does not exist/ },
    "a role that may not invoke": {
      ...byRole("apigateway.amazonaws.com", allow("lambda:InvokeFunction", ARNS.ingest)),
      cause: /is about .*ingest/,
    },
    "a role that API Gateway may not take on": {
      ...byRole("lambda.amazonaws.com", allow("*", "*")),
      cause: /is for lambda/,
    },
  },
  unknown: {
    "an API that may not be read": {
      change: (a) => a.unread("api", NAMES.api, "apigateway:GET"),
      remedy: /apigateway:GET/,
    },
    "a function by a stage variable": {
      ...method({ integrationUri: invocationUri(`\${stageVariables.fn}`) }),
      remedy: /stage's variables/,
    },
    "an alias whose response is streamed": {
      ...method({ integrationUri: streamingUri(`${ARNS.content}:live`) }),
      remedy: /--qualifier/,
    },
    "an alias": { ...method({ integrationUri: invocationUri(`${ARNS.content}:live`) }), remedy: /--qualifier/ },
  },
});

describe("a request validator", () => {
  const ROUTE = `https://${NAMES.api}.execute-api.us-east-1.amazonaws.com/live/process`;
  const resultOf = (query: string, ...parameters: readonly string[]) => {
    const requestValidator = { name: "strict", parameters, validatesBody: true };
    const context = { ...contextOf("api"), entryRequest: { method: "POST", url: ROUTE + query } };
    return onlyResult(apiIntegrationBroken, method({ requestValidator }).change(healthyAccount()), context);
  };

  it.each([
    ["", []],
    ["?page=1&size=2", ["querystring.page"]],
    ["", ["header.Content-Type", "header.X-Forwarded-For", "header.X-Amzn-Trace-Id", "header.User-Agent"]],
  ])("lets requests pass that carry what it asks for: %s has %j", (query, parameters) => {
    expect(resultOf(query, ...parameters)).toMatchObject({ verdict: "pass" });
  });

  it.each([
    ["", ["querystring.page"]],
    ["?page=", ["querystring.page"]],
    ["?page=1", ["header.X-Kind"]],
    ["", ["path.id"]],
  ])("refuses those that do not: %s has not %j", (query, parameters) => {
    expect(resultOf(query, ...parameters)).toMatchObject({
      verdict: "fail",
      cause: expect.stringContaining(`strict asks for ${parameters.join(", ")}`),
    });
  });
});
