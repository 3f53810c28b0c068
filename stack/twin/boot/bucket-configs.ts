import type { BucketConfig, EncryptionConfig, NotificationConfig } from "../s3/index.ts";
import type { Resource, TwinState } from "../state/twin-state.ts";

/**
 * The buckets of the state with what their separate resources set on them. Where two resources set the same thing the
 * later of the state counts: a bucket has one notification configuration, and whoever writes it last has written it.
 */
export function bucketConfigs(state: TwinState): BucketConfig[] {
  return state.buckets.map((bucket) => {
    const ofBucket = <T extends { readonly bucket: string }>(resources: readonly T[]): T | undefined =>
      resources.findLast((each) => each.bucket === bucket.bucket || each.bucket === bucket.arn);
    const notification = ofBucket(state.bucketNotifications);
    const logging = ofBucket(state.bucketLoggings);
    const block = ofBucket(state.bucketPublicAccessBlocks);
    return {
      name: bucket.bucket,
      arn: bucket.arn,
      region: bucket.region ?? state.region,
      versioning: versioningOf(ofBucket(state.bucketVersionings)),
      defaultEncryption: encryptionOf(ofBucket(state.bucketEncryptions)),
      notifications: notification === undefined ? [] : notificationsOf(notification),
      eventBridge: notification?.eventbridge ?? false,
      policy: ofBucket(state.bucketPolicies)?.policy,
      tags: bucket.tags_all,
      logging:
        logging === undefined
          ? undefined
          : { targetBucket: logging.target_bucket, targetPrefix: logging.target_prefix },
      publicAccessBlock:
        block === undefined
          ? undefined
          : {
              blockPublicAcls: block.block_public_acls,
              ignorePublicAcls: block.ignore_public_acls,
              blockPublicPolicy: block.block_public_policy,
              restrictPublicBuckets: block.restrict_public_buckets,
            },
      objectOwnership: ofBucket(state.bucketOwnershipControls)?.rule[0]?.object_ownership ?? "BucketOwnerEnforced",
    };
  });
}

function versioningOf(resource: Resource<"bucketVersionings"> | undefined): BucketConfig["versioning"] {
  const status = resource?.versioning_configuration?.status;
  return status === "Enabled" || status === "Suspended" ? status : "Unversioned";
}

function encryptionOf(resource: Resource<"bucketEncryptions"> | undefined): EncryptionConfig {
  const rule = resource?.rule[0];
  const byDefault = rule?.apply_server_side_encryption_by_default;
  const named = byDefault?.sse_algorithm;
  const algorithm = named === "aws:kms" || named === "aws:kms:dsse" ? named : "AES256";
  return { algorithm, kmsKeyId: byDefault?.kms_master_key_id, bucketKeyEnabled: rule?.bucket_key_enabled ?? false };
}

function notificationsOf(resource: Resource<"bucketNotifications">): NotificationConfig[] {
  const configOf = (
    given: Omit<Resource<"bucketNotifications">["lambda_function"][number], "lambda_function_arn">,
    kind: "function" | "queue" | "topic",
    arn: string,
  ): NotificationConfig => ({
    id: given.id ?? "",
    destination: { kind, arn },
    events: given.events,
    filterPrefix: given.filter_prefix,
    filterSuffix: given.filter_suffix,
  });
  return [
    ...resource.lambda_function.map((each) => configOf(each, "function", each.lambda_function_arn)),
    ...resource.queue.map((each) => configOf(each, "queue", each.queue_arn)),
    ...resource.topic.map((each) => configOf(each, "topic", each.topic_arn)),
  ];
}
