import {
  type APIGatewayClient,
  GetIntegrationCommand,
  GetRequestValidatorCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  type Integration,
  type Method,
  type Resource,
} from "@aws-sdk/client-api-gateway";
import type { ApiSetting } from "../../../model/settings/api-setting.ts";
import { needsOn } from "../../../model/settings/need.ts";
import { allPages } from "../pages.ts";
import { parsePolicyDocument } from "../policy-document.ts";
import type { Reader, ReadTools } from "../reader.ts";
import { required, together } from "../unread.ts";

/** All reads of API Gateway are one action on different resources. */
const GET = "apigateway:GET";
const MOST_RESOURCES_A_PAGE = 500;

export const apiReader: Reader<"api"> = {
  kind: "api",
  namedBy: ({ api }) => [api],
  isLinked: false,

  needs: (id, { partition, region }) => {
    const api = `arn:${partition}:apigateway:${region}::/restapis/${id}`;
    return needsOn([GET], [api, `${api}/resources`, `${api}/resources/*`, `${api}/requestvalidators/*`]);
  },

  async read(id, tools) {
    const apiGateway = await tools.clients.apiGateway();
    const api = await tools.askIfAny(GET, ["NotFoundException"], (options) =>
      apiGateway.send(new GetRestApiCommand({ restApiId: id }), options),
    );
    if (api === undefined) return undefined;
    const resources = await readResources(id, apiGateway, tools);
    return {
      kind: "api",
      id: required(api.id, "id", GET),
      name: api.name ?? "",
      endpointTypes: api.endpointConfiguration?.types ?? [],
      executeApiEndpointDisabled: api.disableExecuteApiEndpoint ?? false,
      policy: api.policy ? parsePolicyDocument(unescapeQuotes(api.policy), GET) : null,
      methods: (await together(resources.map((resource) => readMethods(id, resource, apiGateway, tools)))).flat(),
    };
  },

  links: () => [],
};

/** API Gateway returns a resource policy with escaped quotes, as inside a JSON string. */
function unescapeQuotes(policy: string): string {
  return /^\s*\{\s*\\"/.test(policy) ? policy.replaceAll('\\"', '"') : policy;
}

function readResources(restApiId: string, apiGateway: APIGatewayClient, { ask }: ReadTools): Promise<Resource[]> {
  return allPages(GET, async (position) => {
    const command = new GetResourcesCommand({ restApiId, position, limit: MOST_RESOURCES_A_PAGE, embed: ["methods"] });
    const page = await ask(GET, (options) => apiGateway.send(command, options));
    // Every API has at least its root.
    return { items: required(page.items, "items", GET), next: page.position };
  });
}

function readMethods(
  apiId: string,
  resource: Resource,
  apiGateway: APIGatewayClient,
  tools: ReadTools,
): Promise<ApiSetting["methods"][number][]> {
  const path = required(resource.path, "path", GET);
  return together(
    Object.entries(resource.resourceMethods ?? {}).map(async ([httpMethod, method]) => {
      const integration = await readIntegration(apiId, resource, httpMethod, method, apiGateway, tools);
      const requestValidator = await readRequestValidator(apiId, method, apiGateway, tools);
      return {
        path,
        httpMethod,
        authorization: method.authorizationType ?? "",
        apiKeyRequired: method.apiKeyRequired ?? false,
        integrationType: integration?.type ?? "",
        integrationUri: integration?.uri ?? "",
        integrationHttpMethod: integration?.httpMethod ?? "",
        integrationCredentialsArn: integration?.credentials ?? "",
        ...(requestValidator === undefined ? {} : { requestValidator }),
      };
    }),
  );
}

/** Comes with its method; where it does not, it is asked for before it is called missing. */
async function readIntegration(
  restApiId: string,
  resource: Resource,
  httpMethod: string,
  method: Method,
  apiGateway: APIGatewayClient,
  { askIfAny }: ReadTools,
): Promise<Integration | undefined> {
  if (method.methodIntegration !== undefined) return method.methodIntegration;
  const resourceId = required(resource.id, "id", GET);
  return askIfAny(GET, ["NotFoundException"], (options) =>
    apiGateway.send(new GetIntegrationCommand({ restApiId, resourceId, httpMethod }), options),
  );
}

/** A validator that no longer exists holds nothing back. */
async function readRequestValidator(
  restApiId: string,
  { requestValidatorId, requestParameters = {} }: Method,
  apiGateway: APIGatewayClient,
  { askIfAny }: ReadTools,
): Promise<ApiSetting["methods"][number]["requestValidator"]> {
  if (requestValidatorId === undefined) return undefined;
  const validator = await askIfAny(GET, ["NotFoundException"], (options) =>
    apiGateway.send(new GetRequestValidatorCommand({ restApiId, requestValidatorId }), options),
  );
  if (validator === undefined) return undefined;
  const required = Object.keys(requestParameters).filter((name) => requestParameters[name] === true);
  return {
    name: validator.name ?? requestValidatorId,
    parameters:
      validator.validateRequestParameters === true
        ? required.map((parameter) => parameter.replace(/^method\.request\./, "")).sort()
        : [],
    validatesBody: validator.validateRequestBody ?? false,
  };
}
