import type { Remedy } from "../../../model/finding.ts";
import type { BucketSetting } from "../../../model/settings/data-setting.ts";
import { subjectOf } from "../../../model/settings/subject.ts";
import { type KeyOwner, ownerOfKey } from "../../customer-key.ts";
import { existing, judging, passes } from "../../judging.ts";
import { block, blockPublicAccess, encryptByDefault, resource, terraform, together } from "../../remedy.ts";
import type { Judged, Rule } from "../../rule.ts";

/**
 * What is uploaded is encrypted by default with a key of the customer's own, kept in versions, and never public.
 * docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html
 */
export const bucketUnencrypted: Rule = {
  code: "bucket.unencrypted",
  severity: "advice",
  title: "The bucket encrypts with the key, keeps versions and blocks public access",
  breaks:
    "No default encryption with the key: objects are stored under S3's own key, which no key policy guards. Or no versioning, or no public access block.",
  reads: ["bucket", "key"],
  needs: ["bucket"],
  remedy:
    'Add aws_s3_bucket_server_side_encryption_configuration (a resource of its own) with sse_algorithm = "aws:kms" and kms_master_key_id, aws_s3_bucket_versioning and aws_s3_bucket_public_access_block.',

  judge(account, context) {
    const name = subjectOf("bucket", context.roles.bucket ?? "", context);
    const subject = `bucket ${name}`;
    return judging(subject, () => {
      const bucket = existing(account, "bucket", name);
      const keyArn = bucket.encryption?.keyArn ?? "";
      const key = ownerOfKey(keyArn, subject, account, context);
      const gaps = [
        ...encryptionGaps(bucket, key, context.roles.key),
        ...versioningGaps(bucket),
        ...publicAccessGaps(bucket),
      ];
      if (gaps.length > 0) return broken(subject, gaps, describe(bucket));
      if (key.kind === "not-known") throw key.why;
      return passes(
        `The ${subject} encrypts with ${keyArn}, keeps versions and blocks public access.`,
        describe(bucket),
      );
    });
  },
};

interface Gap {
  readonly statement: string;
  readonly cause: string;
  readonly remedy: Remedy;
}

function encryptionGaps({ name, encryption }: BucketSetting, key: KeyOwner, wanted: string | undefined): Gap[] {
  const withKey = encryptByDefault(name, {
    sse_algorithm: "aws:kms",
    kms_master_key_id: wanted ?? "<ARN of your aws_kms_key>",
  });
  if (encryption === null) return [gap("no default encryption", "objects are stored under no key of yours", withKey)];
  if (!encryption.algorithm.startsWith("aws:kms"))
    return [
      gap(
        `default encryption with ${encryption.algorithm}`,
        "objects are stored under S3's own key, which no key policy guards",
        withKey,
      ),
    ];
  if (key.kind === "none" || key.kind === "aws-managed")
    return [
      gap(
        "default encryption with AWS' own key",
        "objects are stored under the key aws/s3, whose policy cannot be changed",
        withKey,
      ),
    ];
  if (key.kind === "absent")
    return [
      gap(
        `default encryption with another key than one of this account: ${key.key} does not exist`,
        "nothing can be stored under it",
        withKey,
      ),
    ];
  return [];
}

function versioningGaps({ name, versioning }: BucketSetting): Gap[] {
  if (versioning === "Enabled") return [];
  return [
    gap(
      `versioning ${versioning.toLowerCase()}`,
      "an overwritten or deleted object is gone",
      terraform(
        `Add an aws_s3_bucket_versioning for ${name}.`,
        resource(
          "aws_s3_bucket_versioning",
          "this",
          { bucket: name },
          block("versioning_configuration", { status: "Enabled" }),
        ),
      ),
    ),
  ];
}

function publicAccessGaps({ name, publicAccessBlock }: BucketSetting): Gap[] {
  const off =
    publicAccessBlock === null
      ? ["all four settings"]
      : Object.entries(publicAccessBlock).flatMap(([setting, on]) => (on ? [] : [setting]));
  if (off.length === 0) return [];
  return [
    gap(
      `public access not blocked (${off.join(", ")})`,
      "one policy or ACL can make objects public",
      blockPublicAccess(name),
    ),
  ];
}

function gap(statement: string, cause: string, remedy: Remedy): Gap {
  return { statement, cause, remedy };
}

function broken(subject: string, gaps: readonly Gap[], evidence: readonly string[]): Judged {
  return {
    verdict: "fail",
    statement: `The ${subject} has ${gaps.map(({ statement }) => statement).join("; ")}.`,
    evidence,
    cause: `The ${subject} has ${gaps.map(({ statement, cause }) => `${statement}: ${cause}`).join("; ")}. Events pass all the same.`,
    remedy: together(gaps.map(({ remedy }) => remedy)),
    cuts: [],
  };
}

function describe({ encryption, versioning, publicAccessBlock }: BucketSetting): string[] {
  const blocked = Object.entries(publicAccessBlock ?? {}).flatMap(([setting, on]) => (on ? [setting] : []));
  return [
    encryption === null
      ? "no encryption configuration"
      : `default encryption ${encryption.algorithm}, key ${encryption.keyArn || "AWS' own"}`,
    `versioning ${versioning}`,
    `public access block: ${blocked.join(", ") || "none"}`,
  ];
}
