import { z } from "zod";
import {
  block,
  blocks,
  flagOr,
  numberOr,
  optionalNumber,
  optionalText,
  resources,
  text,
  textMap,
  textOr,
  texts,
} from "./attribute.ts";

const INDEX_PROJECTION = { name: text, projection_type: textOr("ALL"), non_key_attributes: texts };

export const DATA_RESOURCES = {
  streams: resources(["aws_kinesis_stream"], {
    arn: text,
    name: text,
    shard_count: optionalNumber,
    /** Hours. */
    retention_period: numberOr(24),
    encryption_type: textOr("NONE"),
    kms_key_id: optionalText,
    shard_level_metrics: texts,
    stream_mode_details: block({ stream_mode: textOr("PROVISIONED") }),
    tags_all: textMap,
  }),
  tables: resources(["aws_dynamodb_table"], {
    arn: text,
    name: text,
    billing_mode: textOr("PROVISIONED"),
    hash_key: text,
    range_key: optionalText,
    read_capacity: numberOr(0),
    write_capacity: numberOr(0),
    attribute: blocks({ name: text, type: z.enum(["S", "N", "B"]) }),
    global_secondary_index: blocks({
      ...INDEX_PROJECTION,
      hash_key: text,
      range_key: optionalText,
      read_capacity: numberOr(0),
      write_capacity: numberOr(0),
    }),
    local_secondary_index: blocks({ ...INDEX_PROJECTION, range_key: text }),
    point_in_time_recovery: block({ enabled: flagOr(false), recovery_period_in_days: numberOr(35) }),
    server_side_encryption: block({ enabled: flagOr(false), kms_key_arn: optionalText }),
    ttl: block({ enabled: flagOr(false), attribute_name: optionalText }),
    stream_enabled: flagOr(false),
    stream_arn: optionalText,
    stream_view_type: optionalText,
    deletion_protection_enabled: flagOr(false),
    table_class: textOr("STANDARD"),
    tags_all: textMap,
  }),
  logGroups: resources(["aws_cloudwatch_log_group"], {
    arn: text,
    name: text,
    kms_key_id: optionalText,
    /** 0 is for ever. */
    retention_in_days: numberOr(0),
    log_group_class: textOr("STANDARD"),
    tags_all: textMap,
  }),
};
