/** One bucket with everything that its separate Terraform resources set on it. */
export interface BucketConfig {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly versioning: "Enabled" | "Suspended" | "Unversioned";
  readonly defaultEncryption: EncryptionConfig;
  readonly notifications: readonly NotificationConfig[];
  readonly eventBridge: boolean;
  /** The bucket policy's JSON. */
  readonly policy: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly logging: { readonly targetBucket: string; readonly targetPrefix: string } | undefined;
  readonly publicAccessBlock:
    | {
        readonly blockPublicAcls: boolean;
        readonly ignorePublicAcls: boolean;
        readonly blockPublicPolicy: boolean;
        readonly restrictPublicBuckets: boolean;
      }
    | undefined;
  /** For example `BucketOwnerEnforced`, which is what AWS gives a new bucket. */
  readonly objectOwnership: string;
}

/** `aws_s3_bucket_server_side_encryption_configuration`; AWS encrypts with AES256 where nothing else is set. */
export interface EncryptionConfig {
  readonly algorithm: "AES256" | "aws:kms" | "aws:kms:dsse";
  /** Key id, alias or ARN; undefined is AWS' own key for S3. */
  readonly kmsKeyId: string | undefined;
  readonly bucketKeyEnabled: boolean;
}

/** One entry of `aws_s3_bucket_notification`. */
export interface NotificationConfig {
  readonly id: string;
  readonly destination: { readonly kind: "function" | "queue" | "topic"; readonly arn: string };
  /** For example `s3:ObjectCreated:*`. */
  readonly events: readonly string[];
  readonly filterPrefix: string;
  readonly filterSuffix: string;
}
