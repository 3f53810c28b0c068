import { z } from "zod";
import { block, flagOr, numberOr, optionalText, text, textMap, textOr, texts } from "./attribute.ts";

/** aws_api_gateway_rest_api */
export const restApi = z.object({
  id: text,
  arn: optionalText,
  name: text,
  root_resource_id: text,
  execution_arn: text,
  description: optionalText,
  created_date: optionalText,
  api_key_source: textOr("HEADER"),
  minimum_compression_size: z
    .union([z.string(), z.number()])
    .nullish()
    .transform((size) => (size === "" || size === null ? undefined : size)),
  binary_media_types: texts,
  disable_execute_api_endpoint: flagOr(false),
  policy: optionalText,
  endpoint_configuration: block(z.object({ types: texts })),
  tags_all: textMap,
});

/** aws_api_gateway_resource */
export const restApiResource = z.object({ id: text, rest_api_id: text, parent_id: text, path: text, path_part: text });

/** aws_api_gateway_method */
export const restApiMethod = z.object({
  rest_api_id: text,
  resource_id: text,
  http_method: text,
  authorization: textOr("NONE"),
  authorizer_id: optionalText,
  operation_name: optionalText,
  request_validator_id: optionalText,
  request_parameters: z.record(z.string(), z.boolean()).nullish(),
  request_models: textMap,
  api_key_required: flagOr(false),
});

/** aws_api_gateway_integration */
export const restApiIntegration = z.object({
  rest_api_id: text,
  resource_id: text,
  http_method: text,
  type: text,
  integration_http_method: optionalText,
  uri: optionalText,
  credentials: optionalText,
  passthrough_behavior: optionalText,
  connection_type: textOr("INTERNET"),
  connection_id: optionalText,
  content_handling: optionalText,
  cache_namespace: optionalText,
  cache_key_parameters: texts,
  request_parameters: textMap,
  timeout_milliseconds: numberOr(29_000),
  request_templates: textMap,
});

/** aws_api_gateway_deployment */
export const restApiDeployment = z.object({
  id: text,
  rest_api_id: text,
  description: optionalText,
  created_date: optionalText,
  stage_name: optionalText,
  triggers: textMap,
});

/** aws_api_gateway_stage */
export const restApiStage = z.object({
  arn: optionalText,
  rest_api_id: text,
  stage_name: text,
  deployment_id: text,
  execution_arn: optionalText,
  invoke_url: optionalText,
  description: optionalText,
  cache_cluster_enabled: flagOr(false),
  cache_cluster_size: optionalText,
  client_certificate_id: optionalText,
  documentation_version: optionalText,
  web_acl_arn: optionalText,
  variables: textMap,
  xray_tracing_enabled: flagOr(false),
  access_log_settings: block(z.object({ destination_arn: text, format: text })),
  tags_all: textMap,
});

/** aws_api_gateway_method_settings */
export const restApiMethodSettings = z.object({
  rest_api_id: text,
  stage_name: text,
  method_path: text,
  settings: block(
    z.object({
      logging_level: optionalText,
      metrics_enabled: flagOr(false),
      data_trace_enabled: flagOr(false),
      throttling_burst_limit: numberOr(-1),
      throttling_rate_limit: numberOr(-1),
      caching_enabled: flagOr(false),
      cache_ttl_in_seconds: numberOr(300),
      cache_data_encrypted: flagOr(false),
      require_authorization_for_cache_control: flagOr(true),
      unauthorized_cache_control_header_strategy: textOr("SUCCEED_WITH_RESPONSE_HEADER"),
    }),
  ),
});

/** aws_api_gateway_account */
export const apiGatewayAccount = z.object({
  id: optionalText,
  cloudwatch_role_arn: optionalText,
  api_key_version: optionalText,
  features: texts,
  throttle_settings: block(z.object({ burst_limit: numberOr(5000), rate_limit: numberOr(10_000) })),
});

/** aws_api_gateway_rest_api_policy */
export const restApiPolicy = z.object({ rest_api_id: text, policy: text });

/** aws_api_gateway_integration_response and aws_api_gateway_method_response */
export const restApiResponse = z.object({
  rest_api_id: text,
  resource_id: text,
  http_method: text,
  status_code: text,
  selection_pattern: optionalText,
  response_templates: textMap,
  content_handling: optionalText,
});
