import type { StateSetting } from "../../model/settings/state-setting.ts";
import type { AccountBuilder } from "./account-builder.ts";
import { healthyAccount } from "./healthy-account.ts";
import { ARNS, NAMES } from "./healthy-names.ts";

const PACKAGES = {
  ingest: "fYZ89Z7DE9+tJWOEyVb6wDlJlr3671gXDD1akWs+bGU=",
  processor: "dOi8hudd6CMm7BkKC4XAS8dZDnank3Zv6OBTxZ29I+0=",
  content: "dpwHNZo4X4Is6CpO3re9Dir1oQgM65Prxs8IuobD1Qs=",
} as const;

/** What the state, the folder and the build of the reference stack say after an apply. */
export function healthyState(): readonly StateSetting[] {
  const parts = Object.entries(PACKAGES).map(([part, hash]) => ({ part, name: `stackproof-dev-${part}`, hash }));
  return [
    {
      kind: "state-buckets",
      buckets: [
        { address: "aws_s3_bucket.content", name: NAMES.contentBucket, forceDestroy: true },
        { address: "aws_s3_bucket.logs", name: NAMES.logsBucket, forceDestroy: true },
      ],
    },
    {
      kind: "state-notifications",
      notifications: [
        {
          address: "aws_s3_bucket_notification.content",
          bucket: NAMES.contentBucket,
          functionRules: [
            rule("objects-put-whole", ["s3:ObjectCreated:Copy", "s3:ObjectCreated:Post", "s3:ObjectCreated:Put"]),
            rule("objects-put-in-parts", ["s3:ObjectCreated:CompleteMultipartUpload"]),
          ],
        },
      ],
    },
    {
      kind: "state-functions",
      functions: parts.map(({ part, name, hash }) => ({
        address: `module.${part}.aws_lambda_function.this`,
        name,
        fileName: `./dist/${part}.zip`,
        sourceCodeHash: hash,
      })),
    },
    {
      kind: "built-packages",
      packages: parts.map(({ part, name, hash }) => ({
        functionName: name,
        path: `stack/dist/${part}.zip`,
        content: { kind: "zip", codeSha256: hash },
      })),
    },
    {
      kind: "package-builds",
      command: "node build.mjs",
      packages: parts.map(({ part, hash }) => ({ file: `${part}.zip`, codeSha256: [hash, hash] })),
    },
    { kind: "terraform-plan", folder: "stack", changes: [] },
    { kind: "outputs", source: "stack/", present: ["alb_url", "region"], missing: [] },
  ];
}

/** The healthy account of the reference stack, with everything that Terraform can say beside it. */
export function healthyAccountWithState(): AccountBuilder {
  return healthyState().reduce((account, setting) => account.with(setting), healthyAccount());
}

function rule(id: string, events: readonly string[]) {
  return { id, functionArn: ARNS.content, events, prefix: "", suffix: "" };
}
