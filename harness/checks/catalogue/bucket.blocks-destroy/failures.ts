import type { Failures } from "../../../failures/variant.ts";
import { has, output, setValues } from "../../../testing/state.ts";

const BUCKET = "aws_s3_bucket";

export const failures: Failures = {
  variants: [
    {
      way: "the content bucket has no force_destroy",
      changes: [setValues(BUCKET, { force_destroy: false }, has("bucket", output("content_bucket_name")))],
      cause: "BucketNotEmpty",
    },
    {
      way: "the logs bucket has no force_destroy",
      changes: [setValues(BUCKET, { force_destroy: false }, has("bucket", output("logs_bucket_name")))],
      only: "alb-*",
      cause: "BucketNotEmpty",
    },
  ],
};
