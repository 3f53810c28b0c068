import { ROLE, roleArn } from "../../../failures/names.ts";
import type { BrokenVariant, Failures } from "../../../failures/variant.ts";
import { adding, bucketPolicy, setting } from "../../../testing/policies.ts";
import { output, remove } from "../../../testing/state.ts";

const BUCKET = output("content_bucket_name");
const ARN = output("content_bucket_arn");
const variant = (
  way: string,
  cause: string,
  stops: readonly string[],
  ...changes: BrokenVariant["changes"]
): BrokenVariant => ({
  way,
  changes,
  only: "upload-*",
  cause,
  stops,
});

export const failures: Failures = {
  variants: [
    {
      way: "the bucket has no policy",
      changes: [
        (each) =>
          each.type === "aws_s3_bucket" && each.values["bucket"] === BUCKET
            ? { ...each, values: { ...each.values, policy: "" } }
            : each,
        remove("aws_s3_bucket_policy", ({ values }) => values["bucket"] === BUCKET),
      ],
      cause: "plain HTTP",
      stops: [],
    },
    variant(
      "plain HTTP is denied for deletions alone",
      "plain HTTP",
      [],
      bucketPolicy(BUCKET, setting("TlsOnly", { Action: "s3:DeleteObject" })),
    ),
    variant(
      "plain HTTP is denied for the bucket and not for its objects",
      "plain HTTP",
      [],
      bucketPolicy(BUCKET, setting("TlsOnly", { Resource: ARN })),
    ),
    variant(
      "plain HTTP is denied under one prefix alone",
      "plain HTTP",
      [],
      bucketPolicy(BUCKET, setting("TlsOnly", { Resource: [ARN, `${ARN}/private/*`] })),
    ),
    variant(
      "plain HTTP is denied to one role alone",
      "plain HTTP",
      [],
      bucketPolicy(BUCKET, setting("TlsOnly", { Principal: { AWS: roleArn(ROLE.content) } })),
    ),
    variant(
      "the policy denies the function's role, TLS or not",
      roleArn(ROLE.content),
      ["event.lost at upload-to-table / item"],
      bucketPolicy(
        BUCKET,
        adding({
          Sid: "NotTheFunction",
          Effect: "Deny",
          Principal: { AWS: roleArn(ROLE.content) },
          Action: "s3:GetObject*",
          Resource: `${ARN}/*`,
        }),
      ),
    ),
    variant(
      "the policy denies the function's role the versions that it is told of",
      roleArn(ROLE.content),
      ["event.lost at upload-to-table / item"],
      bucketPolicy(
        BUCKET,
        adding({
          Sid: "NotTheFunction",
          Effect: "Deny",
          Principal: { AWS: roleArn(ROLE.content) },
          Action: "s3:GetObjectVersion",
          Resource: `${ARN}/*`,
        }),
      ),
    ),
    variant(
      "the policy denies the instance's role, TLS or not",
      roleArn(ROLE.proofInstance),
      [],
      bucketPolicy(
        BUCKET,
        adding({
          Sid: "NoMachines",
          Effect: "Deny",
          Principal: { AWS: roleArn(ROLE.proofInstance) },
          Action: "s3:PutObject",
          Resource: `${ARN}/*`,
        }),
      ),
    ),
  ],
};
