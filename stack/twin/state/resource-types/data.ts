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

/** aws_kinesis_stream */
export const stream = z.object({
  arn: text,
  name: text,
  shard_count: optionalNumber,
  /** Hours. */
  retention_period: numberOr(24),
  encryption_type: textOr("NONE"),
  kms_key_id: optionalText,
  shard_level_metrics: texts,
  stream_mode_details: block(z.object({ stream_mode: textOr("PROVISIONED") })),
  tags_all: textMap,
});

const indexProjection = { name: text, projection_type: textOr("ALL"), non_key_attributes: texts };

/** aws_dynamodb_table */
export const table = z.object({
  arn: text,
  name: text,
  billing_mode: textOr("PROVISIONED"),
  hash_key: text,
  range_key: optionalText,
  read_capacity: numberOr(0),
  write_capacity: numberOr(0),
  attribute: blocks(z.object({ name: text, type: z.enum(["S", "N", "B"]) })),
  global_secondary_index: blocks(
    z.object({
      ...indexProjection,
      hash_key: text,
      range_key: optionalText,
      read_capacity: numberOr(0),
      write_capacity: numberOr(0),
    }),
  ),
  local_secondary_index: blocks(z.object({ ...indexProjection, range_key: text })),
  point_in_time_recovery: block(z.object({ enabled: flagOr(false), recovery_period_in_days: numberOr(35) })),
  server_side_encryption: block(z.object({ enabled: flagOr(false), kms_key_arn: optionalText })),
  ttl: block(z.object({ enabled: flagOr(false), attribute_name: optionalText })),
  stream_enabled: flagOr(false),
  stream_arn: optionalText,
  stream_view_type: optionalText,
  deletion_protection_enabled: flagOr(false),
  table_class: textOr("STANDARD"),
  tags_all: textMap,
});

/** aws_cloudwatch_log_group */
export const logGroup = z.object({
  arn: text,
  name: text,
  kms_key_id: optionalText,
  /** 0 is for ever. */
  retention_in_days: numberOr(0),
  log_group_class: textOr("STANDARD"),
  tags_all: textMap,
});
