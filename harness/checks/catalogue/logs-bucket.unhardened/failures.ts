import { breaking, type Failures } from "../../../failures/variant.ts";
import { ARNS, OTHER_ACCOUNT } from "../../../testing/names.ts";
import { adding, bucketPolicy, setting, without } from "../../../testing/policies.ts";
import { has, output, remove, setValues } from "../../../testing/state.ts";

const BUCKET = output("logs_bucket_name");
const ofLogs = has("bucket", BUCKET);
const DELIVERY = "LoadBalancerDeliversAccessLogs";
const encryption = (sse_algorithm: string, kms_master_key_id: string) => ({
  rule: [
    { apply_server_side_encryption_by_default: [{ sse_algorithm, kms_master_key_id }], bucket_key_enabled: false },
  ],
});

const variant = breaking({
  only: "alb-*",
});

export const failures: Failures = {
  variants: [
    {
      way: "the bucket has no public access block",
      changes: [remove("aws_s3_bucket_public_access_block", ofLogs)],
      cause: "no public access block",
    },
    variant(
      "the public access block leaves public policies",
      "blockPublicPolicy",
      setValues("aws_s3_bucket_public_access_block", { block_public_policy: false }, ofLogs),
    ),
    variant(
      "the bucket is encrypted with the key, and so gets no logs",
      "aws:kms",
      setValues("aws_s3_bucket_server_side_encryption_configuration", encryption("aws:kms", ARNS.key), ofLogs),
    ),
    variant(
      "the bucket's policy does not let logs in",
      "may not write its logs",
      bucketPolicy(BUCKET, without(DELIVERY)),
    ),
    variant(
      "the bucket's policy lets another account's logs in",
      "may not write its logs",
      bucketPolicy(
        BUCKET,
        setting(DELIVERY, { Resource: `${output("logs_bucket_arn")}/alb/AWSLogs/${OTHER_ACCOUNT}/*` }),
      ),
    ),
    variant(
      "the bucket's policy lets another service's logs in",
      "may not write its logs",
      bucketPolicy(BUCKET, setting(DELIVERY, { Principal: { Service: "delivery.logs.amazonaws.com" } })),
    ),
    variant(
      "the bucket's policy denies every upload",
      "may not write its logs",
      bucketPolicy(
        BUCKET,
        adding({
          Sid: "ReadOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:PutObject",
          Resource: `${output("logs_bucket_arn")}/*`,
        }),
      ),
    ),
    variant(
      "access logs are off",
      "are off",
      setValues("aws_lb", { access_logs: [{ bucket: BUCKET, enabled: false, prefix: "alb" }] }),
    ),
    variant(
      "access logs go to another bucket",
      "and not to",
      setValues("aws_lb", { access_logs: [{ bucket: "somebody-elses-logs", enabled: true, prefix: "alb" }] }),
    ),
  ],
};
