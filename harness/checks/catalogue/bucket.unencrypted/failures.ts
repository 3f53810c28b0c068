import { breaking, type Failures } from "../../../failures/variant.ts";
import { ARNS } from "../../../testing/names.ts";
import { has, output, remove, setValues } from "../../../testing/state.ts";

const ofContent = has("bucket", output("content_bucket_name"));
const ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration";
const encryption = (sse_algorithm: string, kms_master_key_id: string) => ({
  rule: [
    { apply_server_side_encryption_by_default: [{ sse_algorithm, kms_master_key_id }], bucket_key_enabled: false },
  ],
});
const variant = breaking({
  only: "upload-*",
});

export const failures: Failures = {
  variants: [
    {
      way: "the bucket has no default encryption of its own",
      changes: [remove(ENCRYPTION, ofContent)],
      cause: "default encryption",
    },
    variant(
      "the bucket is encrypted with S3's own key",
      "AES256",
      setValues(ENCRYPTION, encryption("AES256", ""), ofContent),
    ),
    variant(
      "the bucket is encrypted with AWS' own KMS key",
      "aws/s3",
      setValues(ENCRYPTION, encryption("aws:kms", ""), ofContent),
    ),
    variant(
      "the bucket is encrypted with a key that does not exist",
      "does not exist",
      setValues(ENCRYPTION, encryption("aws:kms", ARNS.otherKey), ofContent),
    ),
    variant(
      "versioning is suspended",
      "versioning suspended",
      setValues("aws_s3_bucket_versioning", { versioning_configuration: [{ mfa_delete: "", status: "Suspended" }] }),
    ),
    variant(
      "the bucket has no public access block",
      "public access",
      remove("aws_s3_bucket_public_access_block", ofContent),
    ),
  ],
};
