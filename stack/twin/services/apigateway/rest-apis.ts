import { z } from "zod";
import type { Resource, TwinState } from "../../state/twin-state.ts";
import { ok } from "../answer.ts";
import type { ControlPlaneParts } from "../control-plane-parts.ts";
import { momentOf } from "../derived.ts";
import { type Mapping, mapped } from "../mapping.ts";
import { type Operation, operation } from "../operation.ts";
import { listed, mapOf, mayGet, notFound, PAGING } from "./apigateway-parts.ts";

/** https://docs.aws.amazon.com/apigateway/latest/api/API_RestApi.html */
const restApi = (state: TwinState): Mapping<Resource<"restApis">> => ({
  id: "id",
  name: "name",
  description: "description",
  createdDate: ({ created_date }) => momentOf(created_date),
  apiKeySource: "api_key_source",
  binaryMediaTypes: ({ binary_media_types: types }) => (types.length === 0 ? undefined : types),
  minimumCompressionSize: ({ minimum_compression_size: size }) => sizeOf(size),
  endpointConfiguration: ({ endpoint_configuration }) => ({ types: endpoint_configuration?.types ?? ["EDGE"] }),
  policy: (api) => policyOf(state, api),
  disableExecuteApiEndpoint: "disable_execute_api_endpoint",
  rootResourceId: "root_resource_id",
  tags: ({ tags_all }) => mapOf(tags_all),
});

/** Terraform keeps the size as a text; a negative one is none. */
function sizeOf(size: string | number | undefined): number | undefined {
  return size === undefined || Number(size) < 0 ? undefined : Number(size);
}

/** API Gateway answers a policy with its quotation marks escaped, as if it were inside of a JSON text. */
function policyOf(state: TwinState, api: Resource<"restApis">): string | undefined {
  const apart = state.restApiPolicies.find(({ rest_api_id }) => rest_api_id === api.id);
  const policy = apart?.policy ?? api.policy;
  return policy === undefined ? undefined : JSON.stringify(policy).slice(1, -1);
}

export function getRestApis({ state }: ControlPlaneParts): Operation {
  return operation({
    input: z.object(PAGING),
    access: () => mayGet(state, "/restapis"),
    run: (call) =>
      listed(
        state.restApis.map((api) => mapped(api, restApi(state))),
        call,
      ),
  });
}

export function getRestApi({ state }: ControlPlaneParts): Operation {
  return operation({
    input: z.object({ restApiId: z.string() }),
    access: ({ restApiId }) => mayGet(state, `/restapis/${restApiId}`),
    run({ restApiId }) {
      const found = state.restApis.find(({ id }) => id === restApiId);
      return found === undefined ? notFound("API") : ok(mapped(found, restApi(state)));
    },
  });
}

const deployment: Mapping<Resource<"restApiDeployments">> = {
  id: "id",
  description: "description",
  createdDate: ({ created_date }) => momentOf(created_date),
};

export function getDeployments({ state }: ControlPlaneParts): Operation {
  return operation({
    input: z.object({ restApiId: z.string(), ...PAGING }),
    access: ({ restApiId }) => mayGet(state, `/restapis/${restApiId}/deployments`),
    run(call) {
      if (!state.restApis.some(({ id }) => id === call.restApiId)) return notFound("API");
      const deployments = state.restApiDeployments.filter(({ rest_api_id }) => rest_api_id === call.restApiId);
      return listed(
        deployments.map((each) => mapped(each, deployment)),
        call,
      );
    },
  });
}

const account: Mapping<Resource<"apiGatewayAccounts">> = {
  cloudwatchRoleArn: "cloudwatch_role_arn",
  throttleSettings: ({ throttle_settings: throttle }) => ({
    burstLimit: throttle?.burst_limit ?? 5000,
    rateLimit: throttle?.rate_limit ?? 10_000,
  }),
  features: ({ features }) => (features.length === 0 ? ["UsagePlans"] : features),
  apiKeyVersion: ({ api_key_version }) => api_key_version ?? "4",
};

/** The account's settings, which it has whether Terraform sets them or not. */
export function getAccount({ state }: ControlPlaneParts): Operation {
  const [set] = state.apiGatewayAccounts;
  const none = {
    cloudwatch_role_arn: undefined,
    throttle_settings: undefined,
    features: [],
    api_key_version: undefined,
  };
  return operation({
    input: z.unknown(),
    access: () => mayGet(state, "/account"),
    run: () => ok(mapped(set ?? { ...none, id: undefined, address: "" }, account)),
  });
}
