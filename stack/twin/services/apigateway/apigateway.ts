import type { RestService } from "../../model/service.ts";
import { failed } from "../answer.ts";
import type { ControlPlaneParts } from "../control-plane-parts.ts";
import { createService, restJsonErrors } from "../operation.ts";
import { type RestRoute, restJsonService } from "../rest-json.ts";
import { getIntegration, getMethod, getRequestValidator, getResources } from "./resources.ts";
import { getAccount, getDeployments, getRestApi, getRestApis } from "./rest-apis.ts";
import { getStage, getStages } from "./stages.ts";

const METHOD = "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}";

/** https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html */
const ROUTES: readonly RestRoute[] = [
  { method: "GET", path: "/account", operation: "GetAccount" },
  { method: "GET", path: "/restapis", operation: "GetRestApis" },
  { method: "GET", path: "/restapis/{restApiId}", operation: "GetRestApi" },
  { method: "GET", path: "/restapis/{restApiId}/deployments", operation: "GetDeployments" },
  { method: "GET", path: "/restapis/{restApiId}/resources", operation: "GetResources" },
  { method: "GET", path: METHOD, operation: "GetMethod" },
  { method: "GET", path: `${METHOD}/integration`, operation: "GetIntegration" },
  {
    method: "GET",
    path: "/restapis/{restApiId}/requestvalidators/{requestValidatorId}",
    operation: "GetRequestValidator",
  },
  { method: "GET", path: "/restapis/{restApiId}/stages", operation: "GetStages" },
  { method: "GET", path: "/restapis/{restApiId}/stages/{stageName}", operation: "GetStage" },
];

/** API Gateway's control plane (REST APIs), to be read. */
export function createApiGateway(parts: ControlPlaneParts): RestService {
  const invalid = (message: string) => failed("BadRequestException", message);
  const service = createService(
    "apigateway",
    parts.authorizer,
    { ...restJsonErrors, invalid },
    {
      GetAccount: getAccount(parts),
      GetRestApis: getRestApis(parts),
      GetRestApi: getRestApi(parts),
      GetDeployments: getDeployments(parts),
      GetResources: getResources(parts),
      GetMethod: getMethod(parts),
      GetIntegration: getIntegration(parts),
      GetRequestValidator: getRequestValidator(parts),
      GetStages: getStages(parts),
      GetStage: getStage(parts),
    },
  );
  return restJsonService(service, ROUTES, parts.unimplemented, (message) => ({ message }));
}
