import type { TerraformResource } from "../../model/terraform-resource.ts";
import type { RecognisedPipeline } from "./recognised.ts";
import { blocks, field, type StackView, text } from "./stack-view.ts";
import { wayOfFunction } from "./way-of-function.ts";

const TAKING = new Set(["POST", "PUT", "ANY"]);

/** One pipeline for each method of a REST API that takes a body, leads to a function, and on to a table. */
export function apiPipelines(view: StackView): readonly RecognisedPipeline[] {
  return view
    .ofType("aws_api_gateway_integration")
    .filter((integration) => TAKING.has(text(integration, "http_method")))
    .flatMap((integration) => {
      const pipeline = pipelineOf(view, integration);
      return pipeline === undefined ? [] : [pipeline];
    });
}

function pipelineOf(view: StackView, integration: TerraformResource): RecognisedPipeline | undefined {
  const apiId = text(integration, "rest_api_id");
  const api = view.find("aws_api_gateway_rest_api", ["id"], apiId);
  const stage = view.find("aws_api_gateway_stage", ["rest_api_id"], apiId);
  const aFunction = view.functionOf(text(integration, "uri"));
  if (api === undefined || stage === undefined || aFunction === undefined) return undefined;
  const way = wayOfFunction(view, aFunction, "{tag}");
  if (way === undefined) return undefined;
  const resource = view.find("aws_api_gateway_resource", ["id"], text(integration, "resource_id"));
  const path = text(resource, "path") || "/";
  const method = text(integration, "http_method") === "PUT" ? "PUT" : "POST";
  const accessLogs = field(blocks(stage, "access_log_settings")[0], "destination_arn");
  const accessLogGroup = /:log-group:([^:]+)/.exec(accessLogs)?.[1] ?? "";
  return {
    name: "api",
    entry: {
      kind: "api-gateway",
      ...(method === "PUT" ? { method } : {}),
      url: urlOf(view, stage, path),
      body: { [way.hashKey]: "{tag}", source: "stackproof" },
    },
    hops: way.hops,
    roles: {
      api: view.reference(apiId),
      apiStage: view.reference(text(stage, "stage_name")),
      apiRoute: `${method} ${path}`,
      ...(accessLogGroup === "" ? {} : { accessLogGroup: view.reference(accessLogGroup) }),
      ...way.roles,
    },
    questions: [
      ...(path.includes("{") ? [`What stands for the parameters of ${path}?`] : []),
      `Does the function take this body? It holds the tag as ${way.hashKey}, the name of the table's hash key.`,
      ...way.questions,
    ],
  };
}

function urlOf(view: StackView, stage: TerraformResource, path: string): string {
  const invoke = text(stage, "invoke_url").replace(/\/$/, "");
  const whole = view.outputOf(`${invoke}${path}`);
  if (whole !== undefined) return `{${whole}}`;
  const base = view.outputOf(invoke) ?? view.outputOf(`${invoke}/`);
  return base === undefined ? `${invoke}${path}` : `{${base}}${path}`;
}
