import { z } from "zod";
import type { Resource, TwinState } from "../../state/twin-state.ts";
import { ok } from "../answer.ts";
import type { ControlPlaneParts } from "../control-plane-parts.ts";
import { mapped } from "../mapping.ts";
import { type Operation, operation } from "../operation.ts";
import { listed, mayGet, notFound, PAGING } from "./apigateway-parts.ts";
import { methodOf } from "./methods.ts";

interface PathResource {
  readonly id: string;
  readonly parentId: string | undefined;
  readonly path: string;
  readonly pathPart: string | undefined;
}

/** The resources of an API: those of the state, and the root, which no resource of Terraform's stands for. */
function resourcesOf(state: TwinState, api: Resource<"restApis">): PathResource[] {
  const root = { id: api.root_resource_id, parentId: undefined, path: "/", pathPart: undefined };
  const below = state.restApiResources
    .filter(({ rest_api_id }) => rest_api_id === api.id)
    .map(({ id, parent_id, path, path_part }) => ({ id, parentId: parent_id, path, pathPart: path_part }));
  return [root, ...below];
}

/** Without `embed=methods` a resource lists its methods' names and nothing of them. */
export function getResources({ state }: ControlPlaneParts): Operation {
  return operation({
    input: z.object({
      restApiId: z.string(),
      embed: z.union([z.string(), z.array(z.string())]).optional(),
      ...PAGING,
    }),
    access: ({ restApiId }) => mayGet(state, `/restapis/${restApiId}/resources`),
    run(call) {
      const api = state.restApis.find(({ id }) => id === call.restApiId);
      if (api === undefined) return notFound("API");
      const embedsMethods = [call.embed].flat().includes("methods");
      const resources = resourcesOf(state, api).map((resource) => {
        const methods = state.restApiMethods.filter(
          ({ rest_api_id, resource_id }) => rest_api_id === api.id && resource_id === resource.id,
        );
        const entries = methods.map((each) => [each.http_method, embedsMethods ? methodOf(state, each) : {}]);
        return { ...resource, resourceMethods: entries.length === 0 ? undefined : Object.fromEntries(entries) };
      });
      return listed(resources, call);
    },
  });
}

const methodInput = z.object({ restApiId: z.string(), resourceId: z.string(), httpMethod: z.string() });
type MethodInput = z.infer<typeof methodInput>;

const pathOf = ({ restApiId, resourceId, httpMethod }: MethodInput) =>
  `/restapis/${restApiId}/resources/${resourceId}/methods/${httpMethod}`;

export function getMethod({ state }: ControlPlaneParts): Operation {
  return operation({
    input: methodInput,
    access: (call) => mayGet(state, pathOf(call)),
    run({ restApiId, resourceId, httpMethod }) {
      const found = state.restApiMethods.find(
        (each) => each.rest_api_id === restApiId && each.resource_id === resourceId && each.http_method === httpMethod,
      );
      return found === undefined ? notFound("Method") : ok(methodOf(state, found));
    },
  });
}

export function getIntegration({ state }: ControlPlaneParts): Operation {
  return operation({
    input: methodInput,
    access: (call) => mayGet(state, `${pathOf(call)}/integration`),
    run({ restApiId, resourceId, httpMethod }) {
      const method = state.restApiMethods.find(
        (each) => each.rest_api_id === restApiId && each.resource_id === resourceId && each.http_method === httpMethod,
      );
      const integration = method && methodOf(state, method)["methodIntegration"];
      return integration === undefined ? notFound("Integration") : ok(integration);
    },
  });
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetRequestValidator.html */
export function getRequestValidator({ state }: ControlPlaneParts): Operation {
  return operation({
    input: z.object({ restApiId: z.string(), requestValidatorId: z.string() }),
    access: ({ restApiId, requestValidatorId }) =>
      mayGet(state, `/restapis/${restApiId}/requestvalidators/${requestValidatorId}`),
    run({ restApiId, requestValidatorId }) {
      const found = state.restApiRequestValidators.find(
        ({ id, rest_api_id }) => rest_api_id === restApiId && id === requestValidatorId,
      );
      if (found === undefined) return notFound("Request Validator");
      return ok(
        mapped(found, {
          id: "id",
          name: "name",
          validateRequestBody: "validate_request_body",
          validateRequestParameters: "validate_request_parameters",
        }),
      );
    },
  });
}
