import { block, blocks, flagOr, optionalText, resources, text, textMap, textOr, texts } from "./attribute.ts";

const DEFAULT_ENCRYPTION = {
  bucket_key_enabled: flagOr(false),
  apply_server_side_encryption_by_default: block({ sse_algorithm: text, kms_master_key_id: optionalText }),
};

const NOTIFICATION_TARGET = {
  id: optionalText,
  events: texts,
  filter_prefix: textOr(""),
  filter_suffix: textOr(""),
};

export const S3_RESOURCES = {
  buckets: resources(["aws_s3_bucket"], {
    /** The bucket's name. */
    bucket: text,
    arn: text,
    region: optionalText,
    tags_all: textMap,
  }),
  bucketVersionings: resources(["aws_s3_bucket_versioning"], {
    bucket: text,
    versioning_configuration: block({ status: text }),
  }),
  bucketEncryptions: resources(["aws_s3_bucket_server_side_encryption_configuration"], {
    bucket: text,
    rule: blocks(DEFAULT_ENCRYPTION),
  }),
  bucketNotifications: resources(["aws_s3_bucket_notification"], {
    bucket: text,
    eventbridge: flagOr(false),
    lambda_function: blocks({ ...NOTIFICATION_TARGET, lambda_function_arn: text }),
    queue: blocks({ ...NOTIFICATION_TARGET, queue_arn: text }),
    topic: blocks({ ...NOTIFICATION_TARGET, topic_arn: text }),
  }),
  bucketPolicies: resources(["aws_s3_bucket_policy"], { bucket: text, policy: text }),
  bucketPublicAccessBlocks: resources(["aws_s3_bucket_public_access_block"], {
    bucket: text,
    block_public_acls: flagOr(false),
    block_public_policy: flagOr(false),
    ignore_public_acls: flagOr(false),
    restrict_public_buckets: flagOr(false),
  }),
  bucketOwnershipControls: resources(["aws_s3_bucket_ownership_controls"], {
    bucket: text,
    rule: blocks({ object_ownership: text }),
  }),
  bucketLoggings: resources(["aws_s3_bucket_logging"], {
    bucket: text,
    target_bucket: text,
    target_prefix: textOr(""),
  }),
};
