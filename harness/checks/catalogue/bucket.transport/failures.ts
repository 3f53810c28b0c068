import { breaking, type Failures } from "../../../failures/variant.ts";
import { ROLE, roleArn } from "../../../testing/names.ts";
import { adding, bucketPolicy, type Statement, setting } from "../../../testing/policies.ts";
import { has, output, remove, setValues } from "../../../testing/state.ts";

const BUCKET = output("content_bucket_name");
const ARN = output("content_bucket_arn");
const plainHttp = breaking({ only: "upload-*" });
const ofFunction = breaking({ only: "upload-*", stops: ["event.lost at upload-to-table / item"] });

/** The statement against plain HTTP, otherwise. */
const tlsOnly = (values: Partial<Statement>) => bucketPolicy(BUCKET, setting("TlsOnly", values));
const denied = (Sid: string, role: string, Action: string) =>
  bucketPolicy(
    BUCKET,
    adding({ Sid, Effect: "Deny", Principal: { AWS: roleArn(role) }, Action, Resource: `${ARN}/*` }),
  );

export const failures: Failures = {
  variants: [
    {
      way: "the bucket has no policy",
      changes: [
        setValues("aws_s3_bucket", { policy: "" }, has("bucket", BUCKET)),
        remove("aws_s3_bucket_policy", has("bucket", BUCKET)),
      ],
      cause: "plain HTTP",
    },
    plainHttp("plain HTTP is denied for deletions alone", "plain HTTP", tlsOnly({ Action: "s3:DeleteObject" })),
    plainHttp("plain HTTP is denied for the bucket and not for its objects", "plain HTTP", tlsOnly({ Resource: ARN })),
    plainHttp(
      "plain HTTP is denied under one prefix alone",
      "plain HTTP",
      tlsOnly({ Resource: [ARN, `${ARN}/private/*`] }),
    ),
    plainHttp(
      "plain HTTP is denied to one role alone",
      "plain HTTP",
      tlsOnly({ Principal: { AWS: roleArn(ROLE.content) } }),
    ),
    ofFunction(
      "the policy denies the function's role, TLS or not",
      roleArn(ROLE.content),
      denied("NotTheFunction", ROLE.content, "s3:GetObject*"),
    ),
    ofFunction(
      "the policy denies the function's role the versions that it is notified of",
      roleArn(ROLE.content),
      denied("NotTheFunction", ROLE.content, "s3:GetObjectVersion"),
    ),
    plainHttp(
      "the policy denies the instance's role, TLS or not",
      roleArn(ROLE.proofInstance),
      denied("NoMachines", ROLE.proofInstance, "s3:PutObject"),
    ),
  ],
};
