import { judging, passes, settingOf } from "../../judging.ts";
import { lines, terraform, within } from "../../remedy.ts";
import type { Broken, Rule, RuleContext } from "../../rule.ts";

/**
 * A pipeline that calls an API at its default endpoint needs that endpoint: where it is disabled, only custom domain names lead to the
 * API. That the API does not exist is `api.integration-broken`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html
 */
export const apiEndpointDisabled: Rule = {
  code: "api.endpoint-disabled",
  severity: "flow",
  title: "The API answers at the endpoint that events are sent to",
  breaks: "The API's default endpoint is disabled, and events are sent to it: it answers 403 Forbidden.",
  reads: ["api"],
  needs: ["api"],
  remedy:
    "Set disable_execute_api_endpoint = false on the aws_api_gateway_rest_api and deploy it again; or send events to its custom domain name.",

  judge(account, context) {
    const { api: id = "" } = context.roles;
    return judging(`API ${id}`, () => {
      const api = settingOf(account, "api", id);
      if (api === null) return null;
      if (!api.executeApiEndpointDisabled) return passes(`The default endpoint of API ${id} is enabled.`, []);
      const hostname = hostOf(id, context);
      if (hostname === null) return null;
      if (hostname === defaultHost(id, context)) return disabled(id, hostname);
      return passes(`The default endpoint of API ${id} is disabled, and events are sent to ${hostname}.`, [DISABLED]);
    });
  },
};

const DISABLED = "disableExecuteApiEndpoint: true";

/** Where events are sent; null where they do not come in through an API. */
function hostOf(id: string, context: RuleContext): string | null {
  if (context.entryKind !== "api-gateway") return null;
  return context.entryRequest === undefined ? defaultHost(id, context) : new URL(context.entryRequest.url).hostname;
}

function defaultHost(id: string, { region, partition }: RuleContext): string {
  return `${id}.execute-api.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}`.toLowerCase();
}

function disabled(id: string, hostname: string): Broken {
  return {
    verdict: "fail",
    statement: `The default endpoint of API ${id} is disabled, and events are sent to it.`,
    evidence: [DISABLED, `events are sent to ${hostname}`],
    cause: `The API ${id} answers 403 Forbidden at ${hostname}, because its default endpoint is disabled.`,
    remedy: terraform(
      `Set disable_execute_api_endpoint = false on the aws_api_gateway_rest_api with the id ${id}, and make a new aws_api_gateway_deployment; or send events to a custom domain name of the API.`,
      within(`aws_api_gateway_rest_api with the id ${id}`, lines({ disable_execute_api_endpoint: false })),
    ),
    cuts: ["client-entry"],
  };
}
