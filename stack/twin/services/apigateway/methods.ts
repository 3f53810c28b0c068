import type { Resource, TwinState } from "../../state/twin-state.ts";
import { type Mapping, mapped } from "../mapping.ts";
import { mapOf } from "./apigateway-parts.ts";

interface OfMethod {
  readonly rest_api_id: string;
  readonly resource_id: string;
  readonly http_method: string;
}

const isOf = (method: OfMethod) => (each: OfMethod) =>
  each.rest_api_id === method.rest_api_id &&
  each.resource_id === method.resource_id &&
  each.http_method === method.http_method;

/** https://docs.aws.amazon.com/apigateway/latest/api/API_Method.html */
const methodMapping = (state: TwinState): Mapping<Resource<"restApiMethods">> => ({
  httpMethod: "http_method",
  authorizationType: "authorization",
  authorizerId: "authorizer_id",
  apiKeyRequired: "api_key_required",
  operationName: "operation_name",
  requestValidatorId: "request_validator_id",
  requestParameters: ({ request_parameters }) => mapOf(request_parameters),
  requestModels: ({ request_models }) => mapOf(request_models),
  methodResponses: (method) => responsesOf(state.restApiMethodResponses.filter(isOf(method))),
  methodIntegration: (method) => {
    const integration = state.restApiIntegrations.find(isOf(method));
    return integration && mapped(integration, integrationMapping(state));
  },
});

/** https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html */
const integrationMapping = (state: TwinState): Mapping<Resource<"restApiIntegrations">> => ({
  type: "type",
  httpMethod: "integration_http_method",
  uri: "uri",
  credentials: "credentials",
  connectionType: "connection_type",
  connectionId: "connection_id",
  contentHandling: "content_handling",
  passthroughBehavior: ({ passthrough_behavior }) => passthrough_behavior ?? "WHEN_NO_MATCH",
  timeoutInMillis: "timeout_milliseconds",
  cacheNamespace: ({ cache_namespace, resource_id }) => cache_namespace ?? resource_id,
  cacheKeyParameters: "cache_key_parameters",
  requestParameters: ({ request_parameters }) => mapOf(request_parameters),
  requestTemplates: ({ request_templates }) => mapOf(request_templates),
  integrationResponses: (integration) => responsesOf(state.restApiIntegrationResponses.filter(isOf(integration))),
});

/** Responses by their status code. */
function responsesOf(responses: readonly Resource<"restApiIntegrationResponses">[]) {
  const byStatus = responses.map((response) => [
    response.status_code,
    mapped(response, {
      statusCode: "status_code",
      selectionPattern: "selection_pattern",
      contentHandling: "content_handling",
      responseTemplates: ({ response_templates }) => mapOf(response_templates),
    }),
  ]);
  return byStatus.length === 0 ? undefined : Object.fromEntries(byStatus);
}

/** A method with its integration and responses, as GetMethod and `embed=methods` show it. */
export function methodOf(state: TwinState, method: Resource<"restApiMethods">): Record<string, unknown> {
  return mapped(method, methodMapping(state));
}
