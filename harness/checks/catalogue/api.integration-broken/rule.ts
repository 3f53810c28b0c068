import type { Remedy } from "../../../model/finding.ts";
import type { Account } from "../../../model/settings/account.ts";
import type { ApiSetting } from "../../../model/settings/api-setting.ts";
import type { FunctionSetting } from "../../../model/settings/function-setting.ts";
import { arnOf } from "../../../model/settings/place.ts";
import { callOfRole, callOfService } from "../../iam/calls.ts";
import { type Decided, decide } from "../../iam/decide.ts";
import { policiesOfResource, policiesOfRole, trustOf } from "../../iam/policies.ts";
import type { Denied } from "../../iam/request.ts";
import { invocationOf, mayInvoke } from "../../invoking.ts";
import { becauseOf, cannotTell, evidenceOf, judging, passes, settingOf } from "../../judging.ts";
import { letInvoke, lines, terraform, within } from "../../remedy.ts";
import type { Broken, Rule, RuleContext } from "../../rule.ts";

const API_GATEWAY = "apigateway.amazonaws.com";
type Method = ApiSetting["methods"][number];

/**
 * The route's integration is a proxy to the entry function, called by POST, and API Gateway may invoke the function for this API,
 * stage, method and path. A response that is streamed has its own URI and needs the same permission.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
 * https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html
 */
export const apiIntegrationBroken: Rule = {
  code: "api.integration-broken",
  severity: "flow",
  title: "The API's route invokes the function",
  breaks: "The API answers 400, 403 or 500, and the function is not invoked or does not understand what it is given.",
  reads: ["api", "function", "function-policy", "role"],
  needs: ["api", "apiStage", "apiRoute", "entryFunction"],
  remedy:
    'aws_api_gateway_integration with type = "AWS_PROXY", integration_http_method = "POST" and uri = the function\'s invoke_arn; aws_lambda_permission with principal = "apigateway.amazonaws.com" and source_arn = "<execution arn>/*/<METHOD>/<path>".',

  judge(account, context) {
    const { api: id = "", apiRoute = "", entryFunction = "" } = context.roles;
    const subject = `route ${apiRoute} of API ${id}`;
    return judging(subject, () => {
      const fn = settingOf(account, "function", entryFunction);
      if (fn === null) return null;
      const api = settingOf(account, "api", id);
      if (api === null)
        return broken(subject, `The API ${id} does not exist.`, [], { text: "Create the aws_api_gateway_rest_api." });
      const method = methodOf(api, apiRoute);
      if (method === undefined) {
        const cause = `The API has no method for ${apiRoute}: it answers 403 Missing Authentication Token.`;
        return broken(
          subject,
          cause,
          [],
          integrate(fn, `Add an aws_api_gateway_method for ${apiRoute} with an`, context),
        );
      }
      const flaw = flawOfMethod(method, fn);
      if (flaw !== null)
        return broken(subject, flaw, evidenceOfMethod(method), integrate(fn, "Give the method an", context));
      const missing = missingParameters(method, context);
      if (missing.length > 0) return refused(subject, method, missing);
      const sourceArn = sourceOf(method, apiRoute, context);
      const decision = decideInvocation(method, fn, sourceArn, account, context);
      return decision.kind === "denied"
        ? mayNotInvoke(subject, fn, sourceArn, decision)
        : passes(`The route is a proxy to ${fn.name}, and API Gateway may invoke it.`, evidenceOfMethod(method));
    });
  },
};

/** The method that answers a route: its own resource before a greedy one, its own verb before ANY. */
function methodOf({ methods }: ApiSetting, route: string): Method | undefined {
  const [verb = "", path = ""] = route.split(" ");
  const fitting = methods
    .filter(({ httpMethod }) => httpMethod === verb || httpMethod === "ANY")
    .filter((method) => method.path === path || fitsPath(method.path, path));
  const weight = (method: Method) =>
    (method.path === path ? 0 : method.path.includes("+}") ? 4 : 2) + (method.httpMethod === verb ? 0 : 1);
  return fitting.toSorted((one, other) => weight(one) - weight(other))[0];
}

function fitsPath(resource: string, path: string): boolean {
  const pattern = resource
    .split("/")
    .map((part) =>
      /^\{[^}]*\+\}$/.test(part)
        ? ".+"
        : /^\{[^}]*\}$/.test(part)
          ? "[^/]+"
          : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"),
    )
    .join("/");
  return new RegExp(`^${pattern}$`).test(path);
}

/** Why the method does not invoke the function as a proxy; null where it does. */
function flawOfMethod({ integrationType, integrationUri, integrationHttpMethod }: Method, fn: FunctionSetting) {
  if (integrationType === "") return "The method has no integration: it answers 500.";
  if (integrationType !== "AWS_PROXY")
    return `The integration is of type ${integrationType}: ${fn.name} expects the event of a proxy (AWS_PROXY) and answers in its form.`;
  const target = targetOf(integrationUri);
  if (target?.includes("${stageVariables.")) {
    throw cannotTell(
      `Which function ${integrationUri} means cannot be told: stage variables are not read.`,
      "Look at the stage's variables.",
    );
  }
  if (target !== fn.arn && !target?.startsWith(`${fn.arn}:`))
    return `The integration calls ${target ?? (integrationUri || "nothing")} and not ${fn.arn}.`;
  if (integrationHttpMethod !== "POST")
    return `The integration calls Lambda by ${integrationHttpMethod || "no method"}; Lambda takes POST alone, and the API answers 500 or 403.`;
  return null;
}

/** The function, version or alias that an integration's URI calls: buffered, or streaming its response. */
function targetOf(integrationUri: string): string | undefined {
  return /\/functions\/(.+)\/(?:response-streaming-)?invocations$/.exec(integrationUri)?.[1];
}

/**
 * Headers that no pipeline has to set: the sender's own, and those that HTTP clients, CloudFront before an edge-optimized API, or API
 * Gateway itself may add. Only the want of any other header is certain.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
 */
const ADDED_HEADERS =
  /^(accept(-encoding)?|cloudfront-.*|connection|content-(type|length)|host|user-agent|via|x-amz(n)?-.*|x-forwarded-.*)$/i;

/**
 * Parameters that the method's validator asks for and the pipeline's requests do not carry, or carry blank.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
function missingParameters({ path, requestValidator }: Method, { entryRequest }: RuleContext): readonly string[] {
  if (requestValidator === undefined || entryRequest === undefined) return [];
  const query = new URL(entryRequest.url).searchParams;
  return requestValidator.parameters.filter((parameter) => {
    const [location = "", name = ""] = parameter.split(/\.(.*)/s);
    if (location === "querystring") return (query.get(name) ?? "").trim() === "";
    if (location === "header") return !ADDED_HEADERS.test(name);
    return location === "path" && !path.includes(`{${name}}`) && !path.includes(`{${name}+}`);
  });
}

function refused(subject: string, method: Method, missing: readonly string[]): Broken {
  const validator = method.requestValidator?.name ?? "";
  const names = missing.join(", ");
  return broken(
    subject,
    `The request validator ${validator} asks for ${names}, which the pipeline's requests do not carry: the API answers 400 Missing required request parameters, and does not invoke the function.`,
    [
      ...evidenceOfMethod(method),
      `request validator ${validator}: requires ${method.requestValidator?.parameters.join(", ")}`,
    ],
    {
      text: `Add ${names} to the requests of the pipeline; or take it out of request_parameters of the aws_api_gateway_method ${method.httpMethod} ${method.path}, or set validate_request_parameters = false on the aws_api_gateway_request_validator ${validator}, and make a new aws_api_gateway_deployment.`,
    },
  );
}

/** What API Gateway gives as aws:SourceArn: the resource's path, its parameters as `*`. */
function sourceOf({ path }: Method, route: string, { roles, ...place }: RuleContext): string {
  const [verb = ""] = route.split(" ");
  const resource = path.replace(/\{[^}]*\}/g, "*").replace(/^\//, "");
  return arnOf("execute-api", `${roles.api}/${roles.apiStage}/${verb}/${resource}`, place);
}

function decideInvocation(
  method: Method,
  fn: FunctionSetting,
  sourceArn: string,
  account: Account,
  context: RuleContext,
): Decided {
  if (method.integrationCredentialsArn !== "") {
    const role = settingOf(account, "role", method.integrationCredentialsArn);
    if (role === null)
      return {
        kind: "denied",
        explicit: false,
        reason: `${method.integrationCredentialsArn} does not exist`,
        nearMisses: [],
      };
    const source = { arn: sourceArn, accountId: context.accountId };
    const assume = callOfService(API_GATEWAY, source, { action: "sts:AssumeRole", resourceArn: role.arn }, context);
    const trusted = decide(assume, policiesOfResource(trustOf(role)));
    if (trusted.kind === "denied") return trusted;
    return decide(callOfRole(role, null, invocationOf(fn), context), policiesOfRole(role));
  }
  if (targetOf(method.integrationUri) !== fn.arn) {
    throw cannotTell(
      "Whether the version or alias may be invoked cannot be told: its policy is not read.",
      `Look at it with aws lambda get-policy --function-name ${fn.name} --qualifier.`,
    );
  }
  return mayInvoke(API_GATEWAY, sourceArn, fn, account, context);
}

function mayNotInvoke(subject: string, fn: FunctionSetting, sourceArn: string, denied: Denied): Broken {
  const anyStage = sourceArn.replace(/^((?:[^:]*:){5}[^/]+)\/[^/]+\//, "$1/*/");
  return broken(
    subject,
    `API Gateway may not invoke ${fn.name} for ${sourceArn}, and answers 500: ${becauseOf(denied)}.`,
    evidenceOf(denied),
    letInvoke("api", { functionName: fn.name, principal: API_GATEWAY, sourceArn: anyStage }),
  );
}

/** @param begin What to do with the integration: `Give the method an`. */
function integrate(fn: FunctionSetting, begin: string, { region, partition }: RuleContext): Remedy {
  const uri = `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${fn.arn}/invocations`;
  return terraform(
    `${begin} aws_api_gateway_integration of type AWS_PROXY that calls ${fn.name} by POST, and add a new aws_api_gateway_deployment.`,
    within("aws_api_gateway_integration", lines({ type: "AWS_PROXY", integration_http_method: "POST", uri })),
  );
}

function evidenceOfMethod(method: Method): readonly string[] {
  return [
    `${method.httpMethod} ${method.path}: ${method.integrationType || "no integration"} ${method.integrationHttpMethod} ${method.integrationUri}`,
  ];
}

function broken(subject: string, cause: string, evidence: readonly string[], remedy: Remedy): Broken {
  const statement = `The ${subject} does not reach the function.`;
  return { verdict: "fail", statement, evidence, cause, remedy, cuts: ["entry-function"] };
}
