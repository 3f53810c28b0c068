import { z } from "zod";
import {
  block,
  blocks,
  flagOr,
  numberOr,
  optionalNumber,
  optionalText,
  text,
  textMap,
  textOr,
  texts,
} from "./attribute.ts";

/** aws_lambda_function */
export const lambdaFunction = z.object({
  arn: text,
  function_name: text,
  role: text,
  handler: optionalText,
  runtime: optionalText,
  package_type: textOr("Zip"),
  /** Path of the zip as the Terraform names it, relative to the folder that it was applied in. */
  filename: optionalText,
  s3_bucket: optionalText,
  s3_key: optionalText,
  code_sha256: optionalText,
  source_code_hash: optionalText,
  source_code_size: optionalNumber,
  timeout: numberOr(3),
  memory_size: numberOr(128),
  /** -1 is unreserved. */
  reserved_concurrent_executions: numberOr(-1),
  kms_key_arn: optionalText,
  version: textOr("$LATEST"),
  last_modified: optionalText,
  description: optionalText,
  architectures: texts,
  layers: texts,
  environment: block(z.object({ variables: textMap })),
  ephemeral_storage: block(z.object({ size: numberOr(512) })),
  logging_config: block(
    z.object({
      log_group: optionalText,
      log_format: textOr("Text"),
      application_log_level: optionalText,
      system_log_level: optionalText,
    }),
  ),
  tracing_config: block(z.object({ mode: textOr("PassThrough") })),
  dead_letter_config: block(z.object({ target_arn: text })),
  vpc_config: block(z.object({ subnet_ids: texts, security_group_ids: texts, vpc_id: optionalText })),
  tags_all: textMap,
});

/** aws_lambda_alias */
export const lambdaAlias = z.object({ arn: text, name: text, function_name: text, function_version: text });

/** aws_lambda_permission */
export const lambdaPermission = z.object({
  /** A name or an ARN. */
  function_name: text,
  statement_id: text,
  action: text,
  principal: text,
  qualifier: optionalText,
  function_url_auth_type: optionalText,
  source_arn: optionalText,
  source_account: optionalText,
  principal_org_id: optionalText,
  event_source_token: optionalText,
});

/** aws_lambda_event_source_mapping */
export const eventSourceMapping = z.object({
  uuid: text,
  arn: optionalText,
  function_arn: optionalText,
  /** A name or an ARN. */
  function_name: text,
  event_source_arn: optionalText,
  enabled: flagOr(true),
  state: optionalText,
  state_transition_reason: optionalText,
  last_modified: optionalText,
  last_processing_result: optionalText,
  kms_key_arn: optionalText,
  batch_size: numberOr(100),
  parallelization_factor: numberOr(1),
  maximum_batching_window_in_seconds: numberOr(0),
  /** -1 is without limit. */
  maximum_record_age_in_seconds: numberOr(-1),
  /** -1 is without limit. */
  maximum_retry_attempts: numberOr(-1),
  bisect_batch_on_function_error: flagOr(false),
  tumbling_window_in_seconds: numberOr(0),
  starting_position: optionalText,
  starting_position_timestamp: optionalText,
  function_response_types: texts,
  filter_criteria: block(z.object({ filter: blocks(z.object({ pattern: text })) })),
  destination_config: block(z.object({ on_failure: block(z.object({ destination_arn: text })) })),
  tags_all: textMap,
});

/** aws_lambda_function_event_invoke_config */
export const functionEventInvokeConfig = z.object({
  function_name: text,
  qualifier: optionalText,
  maximum_event_age_in_seconds: numberOr(21_600),
  maximum_retry_attempts: numberOr(2),
  destination_config: block(
    z.object({
      on_failure: block(z.object({ destination: text })),
      on_success: block(z.object({ destination: text })),
    }),
  ),
});
