import type { RestService, Service } from "../../model/service.ts";
import { failed } from "../answer.ts";
import { operations } from "../operation.ts";
import { type RestRoute, restJsonService } from "../rest-json.ts";
import type { ApiGatewayParts } from "./apigateway-parts.ts";
import { getIntegration, getMethod, getRequestValidator, getResources } from "./resources.ts";
import { getAccount, getDeployments, getRestApi, getRestApis } from "./rest-apis.ts";
import { getStage, getStages } from "./stages.ts";

const method = "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}";

/** https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html */
const routes: readonly RestRoute[] = [
  { method: "GET", path: "/account", operation: "GetAccount" },
  { method: "GET", path: "/restapis", operation: "GetRestApis" },
  { method: "GET", path: "/restapis/{restApiId}", operation: "GetRestApi" },
  { method: "GET", path: "/restapis/{restApiId}/deployments", operation: "GetDeployments" },
  { method: "GET", path: "/restapis/{restApiId}/resources", operation: "GetResources" },
  { method: "GET", path: method, operation: "GetMethod" },
  { method: "GET", path: `${method}/integration`, operation: "GetIntegration" },
  {
    method: "GET",
    path: "/restapis/{restApiId}/requestvalidators/{requestValidatorId}",
    operation: "GetRequestValidator",
  },
  { method: "GET", path: "/restapis/{restApiId}/stages", operation: "GetStages" },
  { method: "GET", path: "/restapis/{restApiId}/stages/{stageName}", operation: "GetStage" },
];

/** API Gateway's control plane (REST APIs), to be read. */
export function createApiGateway(parts: ApiGatewayParts): RestService {
  const operation = operations(parts.authorizer, {
    invalid: (message) => failed("BadRequestException", message),
    denied: (message) => failed("AccessDeniedException", message, 403),
  });
  const service: Service = {
    name: "apigateway",
    operations: {
      GetAccount: operation(getAccount(parts)),
      GetRestApis: operation(getRestApis(parts)),
      GetRestApi: operation(getRestApi(parts)),
      GetDeployments: operation(getDeployments(parts)),
      GetResources: operation(getResources(parts)),
      GetMethod: operation(getMethod(parts)),
      GetIntegration: operation(getIntegration(parts)),
      GetRequestValidator: operation(getRequestValidator(parts)),
      GetStages: operation(getStages(parts)),
      GetStage: operation(getStage(parts)),
    },
  };
  return restJsonService(service, routes, parts.unimplemented, { errorBody: (message) => ({ message }) });
}
