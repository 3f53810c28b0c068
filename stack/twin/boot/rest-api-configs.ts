import type {
  MethodConfig,
  MethodThrottle,
  RequestValidator,
  RestApiConfig,
  StageConfig,
} from "../front/api-gateway/index.ts";
import type { Resource, TwinState } from "../state/twin-state.ts";

/** The REST APIs of the state, each with its methods, their integrations, and its stages. */
export function restApiConfigs(state: TwinState): RestApiConfig[] {
  return state.restApis.map((api) => ({
    id: api.id,
    name: api.name,
    executionArn: api.execution_arn,
    binaryMediaTypes: api.binary_media_types,
    isDefaultEndpointDisabled: api.disable_execute_api_endpoint,
    methods: state.restApiMethods
      .filter((method) => method.rest_api_id === api.id)
      .flatMap((method) => methodConfig(state, api, method)),
    stages: state.restApiStages
      .filter((stage) => stage.rest_api_id === api.id)
      .map((stage) => stageConfig(state, stage)),
  }));
}

/** None where the method's resource is no part of the state. */
function methodConfig(state: TwinState, api: Resource<"restApis">, method: Resource<"restApiMethods">): MethodConfig[] {
  const ofApi = state.restApiResources.filter((each) => each.rest_api_id === api.id);
  const resource = ofApi.find(({ id }) => id === method.resource_id);
  const resourcePath = method.resource_id === api.root_resource_id ? "/" : resource?.path;
  if (resourcePath === undefined) return [];
  const integration = state.restApiIntegrations.find(
    (each) =>
      each.rest_api_id === api.id && each.resource_id === method.resource_id && each.http_method === method.http_method,
  );
  return [
    {
      resourceId: method.resource_id,
      resourcePath,
      httpMethod: method.http_method,
      authorization: method.authorization,
      apiKeyRequired: method.api_key_required,
      validator: validatorOf(state, method),
      requiredParameters: Object.entries(method.request_parameters ?? {}).flatMap(([name, isRequired]) =>
        isRequired ? [name] : [],
      ),
      integration:
        integration === undefined
          ? undefined
          : {
              type: integration.type,
              httpMethod: integration.integration_http_method,
              uri: integration.uri,
              timeoutMs: integration.timeout_milliseconds,
            },
    },
  ];
}

/** A validator that checks bodies has something to check only where the method has a model. */
function validatorOf(state: TwinState, method: Resource<"restApiMethods">): RequestValidator | undefined {
  const found = state.restApiRequestValidators.find(({ id }) => id === method.request_validator_id);
  return (
    found && {
      validatesParameters: found.validate_request_parameters,
      validatesBody: found.validate_request_body && Object.keys(method.request_models).length > 0,
    }
  );
}

function stageConfig(state: TwinState, stage: Resource<"restApiStages">): StageConfig {
  const log = stage.access_log_settings;
  const settings = state.restApiMethodSettings.filter(
    (each) => each.rest_api_id === stage.rest_api_id && each.stage_name === stage.stage_name,
  );
  return {
    name: stage.stage_name,
    deploymentId: stage.deployment_id,
    variables: stage.variables,
    accessLog: log === undefined ? undefined : { destinationArn: log.destination_arn, format: log.format },
    detailedMetrics: settings.some((each) => each.settings?.metrics_enabled === true),
    throttles: settings.flatMap(throttleOf),
  };
}

/** Terraform writes -1 where the account's throttling is all. A rate without a burst, or the other way round, has the account's. */
function throttleOf({ method_path: methodPath, settings }: Resource<"restApiMethodSettings">): MethodThrottle[] {
  const { throttling_rate_limit: rate = -1, throttling_burst_limit: burst = -1 } = settings ?? {};
  if (rate < 0 && burst < 0) return [];
  return [
    {
      methodPath,
      requestsPerSecond: rate < 0 ? Number.POSITIVE_INFINITY : rate,
      burst: burst < 0 ? Math.max(1, rate) : burst,
    },
  ];
}
