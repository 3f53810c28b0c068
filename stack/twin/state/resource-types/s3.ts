import { z } from "zod";
import { block, blocks, flagOr, optionalText, text, textMap, textOr, texts } from "./attribute.ts";

const defaultEncryption = z.object({
  bucket_key_enabled: flagOr(false),
  apply_server_side_encryption_by_default: block(z.object({ sse_algorithm: text, kms_master_key_id: optionalText })),
});

/** aws_s3_bucket */
export const bucket = z.object({
  /** The bucket's name. */
  bucket: text,
  arn: text,
  region: optionalText,
  bucket_domain_name: optionalText,
  bucket_regional_domain_name: optionalText,
  force_destroy: flagOr(false),
  object_lock_enabled: flagOr(false),
  /** The encryption that AWS gives a new bucket, or that a separate resource has set since (read back by a refresh). */
  server_side_encryption_configuration: block(z.object({ rule: blocks(defaultEncryption) })),
  tags_all: textMap,
});

/** aws_s3_bucket_versioning */
export const bucketVersioning = z.object({
  bucket: text,
  versioning_configuration: block(z.object({ status: text })),
});

/** aws_s3_bucket_server_side_encryption_configuration */
export const bucketEncryption = z.object({ bucket: text, rule: blocks(defaultEncryption) });

const notificationTarget = {
  id: optionalText,
  events: texts,
  filter_prefix: textOr(""),
  filter_suffix: textOr(""),
};

/** aws_s3_bucket_notification */
export const bucketNotification = z.object({
  bucket: text,
  eventbridge: flagOr(false),
  lambda_function: blocks(z.object({ ...notificationTarget, lambda_function_arn: text })),
  queue: blocks(z.object({ ...notificationTarget, queue_arn: text })),
  topic: blocks(z.object({ ...notificationTarget, topic_arn: text })),
});

/** aws_s3_bucket_policy */
export const bucketPolicy = z.object({ bucket: text, policy: text });

/** aws_s3_bucket_public_access_block */
export const bucketPublicAccessBlock = z.object({
  bucket: text,
  block_public_acls: flagOr(false),
  block_public_policy: flagOr(false),
  ignore_public_acls: flagOr(false),
  restrict_public_buckets: flagOr(false),
});

/** aws_s3_bucket_ownership_controls */
export const bucketOwnershipControls = z.object({ bucket: text, rule: blocks(z.object({ object_ownership: text })) });

/** aws_s3_object: an object that Terraform itself has put. */
export const bucketObject = z.object({
  bucket: text,
  key: text,
  content: optionalText,
  content_base64: optionalText,
  source: optionalText,
  content_type: optionalText,
  etag: optionalText,
  version_id: optionalText,
  server_side_encryption: optionalText,
  kms_key_id: optionalText,
  metadata: textMap,
});

/** aws_s3_bucket_logging */
export const bucketLogging = z.object({ bucket: text, target_bucket: text, target_prefix: textOr("") });
