import type { RestAnswer } from "../../model/service.ts";
import { authorize, bucketOf } from "../access.ts";
import type { BucketConfig } from "../bucket-config.ts";
import { S3Error } from "../s3-error.ts";
import type { S3Parts } from "../s3-parts.ts";
import type { S3Request } from "../s3-request.ts";
import { document, documentAnswer, element, XML_TYPE } from "../xml.ts";
import { canonicalId, iso, owner } from "./list-objects.ts";

type Setting = { readonly action: string; readonly read: (config: BucketConfig, parts: S3Parts) => string };

/** The settings of a bucket by their query parameter, answered from the state. */
export const bucketSettings: Readonly<Record<string, Setting>> = {
  location: {
    action: "s3:GetBucketLocation",
    read: ({ region }) => document("LocationConstraint", region === "us-east-1" ? "" : region),
  },
  versioning: {
    action: "s3:GetBucketVersioning",
    read: ({ versioning }) =>
      document("VersioningConfiguration", element("Status", versioning === "Unversioned" ? undefined : versioning)),
  },
  encryption: { action: "s3:GetEncryptionConfiguration", read: encryption },
  notification: { action: "s3:GetBucketNotification", read: notification },
  policy: {
    action: "s3:GetBucketPolicy",
    read: ({ policy, name }) => {
      if (policy === undefined) throw absent("NoSuchBucketPolicy", "The bucket policy does not exist", name);
      return policy;
    },
  },
  tagging: {
    action: "s3:GetBucketTagging",
    read: ({ tags, name }) => {
      const entries = Object.entries(tags);
      if (entries.length === 0) throw absent("NoSuchTagSet", "The TagSet does not exist", name);
      return document(
        "Tagging",
        element(
          "TagSet",
          entries.map(([key, value]) => element("Tag", [element("Key", key), element("Value", value)])),
        ),
      );
    },
  },
  logging: {
    action: "s3:GetBucketLogging",
    read: ({ logging }) =>
      document(
        "BucketLoggingStatus",
        logging === undefined
          ? undefined
          : element("LoggingEnabled", [
              element("TargetBucket", logging.targetBucket),
              element("TargetPrefix", logging.targetPrefix),
            ]),
      ),
  },
  publicAccessBlock: { action: "s3:GetBucketPublicAccessBlock", read: publicAccessBlock },
  ownershipControls: {
    action: "s3:GetBucketOwnershipControls",
    read: ({ objectOwnership }) =>
      document("OwnershipControls", element("Rule", element("ObjectOwnership", objectOwnership))),
  },
  acl: {
    action: "s3:GetBucketAcl",
    read: (_config, parts) =>
      document("AccessControlPolicy", [
        owner(parts),
        element(
          "AccessControlList",
          element("Grant", [
            {
              xml: `<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>${canonicalId(parts.options.accountId)}</ID></Grantee>`,
            },
            element("Permission", "FULL_CONTROL"),
          ]),
        ),
      ]),
  },
};

export function getBucketSetting(parts: S3Parts, request: S3Request, setting: Setting): RestAnswer {
  const { config } = bucketOf(parts, request);
  authorize(parts, request, setting.action, config.arn);
  const body = setting.read(config, parts);
  return { status: 200, headers: body.startsWith("{") ? { "content-type": "application/json" } : XML_TYPE, body };
}

export function headBucket(parts: S3Parts, request: S3Request): RestAnswer {
  const { config } = bucketOf(parts, request);
  authorize(parts, request, "s3:ListBucket", config.arn);
  return { status: 200, headers: { "x-amz-bucket-region": config.region, ...XML_TYPE }, body: "" };
}

export function listBuckets(parts: S3Parts, request: S3Request): RestAnswer {
  authorize(parts, request, "s3:ListAllMyBuckets", "*");
  const buckets = [...parts.buckets.values()].map(({ config }) =>
    element("Bucket", [
      element("Name", config.name),
      element("CreationDate", iso(parts.bootedMs)),
      element("BucketRegion", config.region),
    ]),
  );
  return documentAnswer("ListAllMyBucketsResult", [owner(parts), element("Buckets", buckets)]);
}

function encryption({ defaultEncryption: { algorithm, kmsKeyId, bucketKeyEnabled } }: BucketConfig): string {
  const byDefault = element("ApplyServerSideEncryptionByDefault", [
    element("SSEAlgorithm", algorithm),
    element("KMSMasterKeyID", kmsKeyId),
  ]);
  return document(
    "ServerSideEncryptionConfiguration",
    element("Rule", [byDefault, element("BucketKeyEnabled", bucketKeyEnabled)]),
  );
}

const DESTINATIONS = {
  function: ["CloudFunctionConfiguration", "CloudFunction"],
  queue: ["QueueConfiguration", "Queue"],
  topic: ["TopicConfiguration", "Topic"],
} as const;

function notification({ notifications, eventBridge }: BucketConfig): string {
  const entries = notifications.map(({ id, destination, events, filterPrefix, filterSuffix }) => {
    const [outer, inner] = DESTINATIONS[destination.kind];
    const rules = (
      [
        ["prefix", filterPrefix],
        ["suffix", filterSuffix],
      ] as const
    ).filter(([, value]) => value !== "");
    const filter = rules.map(([name, value]) =>
      element("FilterRule", [element("Name", name), element("Value", value)]),
    );
    return element(outer, [
      element("Id", id),
      element(inner, destination.arn),
      ...events.map((event) => element("Event", event)),
      element("Filter", filter.length === 0 ? undefined : element("S3Key", filter)),
    ]);
  });
  return document("NotificationConfiguration", [
    ...entries,
    element("EventBridgeConfiguration", eventBridge ? "" : undefined),
  ]);
}

function publicAccessBlock({ publicAccessBlock: block, name }: BucketConfig): string {
  if (block === undefined)
    throw absent("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found", name);
  return document("PublicAccessBlockConfiguration", [
    element("BlockPublicAcls", block.blockPublicAcls),
    element("IgnorePublicAcls", block.ignorePublicAcls),
    element("BlockPublicPolicy", block.blockPublicPolicy),
    element("RestrictPublicBuckets", block.restrictPublicBuckets),
  ]);
}

function absent(code: string, message: string, name: string): S3Error {
  return new S3Error(404, code, message, { BucketName: name });
}
