import { z } from "zod";
import type { DeepReadonly } from "../deep-readonly.ts";
import { functionNotificationSchema } from "./data-setting.ts";
import { policyDocumentSchema } from "./identity-setting.ts";

/** The one subject of every state setting. */
export const STATE_SUBJECT = "terraform";

/** Every bucket in the state. */
const stateBucketsSchema = z.object({
  kind: z.literal("state-buckets"),
  buckets: z.array(
    z.object({
      /** `aws_s3_bucket.content`. */
      address: z.string(),
      name: z.string(),
      forceDestroy: z.boolean(),
    }),
  ),
});

export type StateBucketsSetting = DeepReadonly<z.infer<typeof stateBucketsSchema>>;

/** Every bucket notification in the state, with its rules as applied. */
const stateNotificationsSchema = z.object({
  kind: z.literal("state-notifications"),
  notifications: z.array(
    z.object({
      /** `aws_s3_bucket_notification.content`. */
      address: z.string(),
      bucket: z.string(),
      functionRules: z.array(functionNotificationSchema),
    }),
  ),
});

export type StateNotificationsSetting = DeepReadonly<z.infer<typeof stateNotificationsSchema>>;

/** Every function in the state. */
const stateFunctionsSchema = z.object({
  kind: z.literal("state-functions"),
  functions: z.array(
    z.object({
      address: z.string(),
      name: z.string(),
      /** Package on the machine that ran apply; empty if the code comes from a bucket or an image. */
      fileName: z.string(),
      /** SHA-256 of the package that was applied, in base64; empty if the state does not have it. */
      sourceCodeHash: z.string(),
    }),
  ),
});

export type StateFunctionsSetting = DeepReadonly<z.infer<typeof stateFunctionsSchema>>;

/** Every key in the state, with its policy: whoever created a key may still be denied to read its policy. */
const stateKeysSchema = z.object({
  kind: z.literal("state-keys"),
  keys: z.array(
    z.object({
      /** `aws_kms_key.main`. */
      address: z.string(),
      arn: z.string(),
      policy: policyDocumentSchema,
    }),
  ),
});

export type StateKeysSetting = DeepReadonly<z.infer<typeof stateKeysSchema>>;

const packageContentSchema = z.discriminatedUnion("kind", [
  /** SHA-256 of the file in base64, like Lambda's CodeSha256. */
  z.object({ kind: z.literal("zip"), codeSha256: z.string() }),
  /** The folder of built packages exists, but not the file. */
  z.object({ kind: z.literal("no-such-file") }),
  /** This machine has no folder of built packages. */
  z.object({ kind: z.literal("not-built-here") }),
  z.object({ kind: z.literal("not-readable"), reason: z.string() }),
]);

export type PackageContent = DeepReadonly<z.infer<typeof packageContentSchema>>;

/** The packages of the state's functions, as they are on this machine. */
const builtPackagesSchema = z.object({
  kind: z.literal("built-packages"),
  packages: z.array(z.object({ functionName: z.string(), path: z.string(), content: packageContentSchema })),
});

export type BuiltPackagesSetting = DeepReadonly<z.infer<typeof builtPackagesSchema>>;

/** The packages of two builds of the same code, one after the other, each into an empty folder. */
const packageBuildsSchema = z.object({
  kind: z.literal("package-builds"),
  /** As it was run: `node build.mjs`. */
  command: z.string(),
  packages: z.array(
    z.object({
      /** Relative to the output folder: `ingest.zip`. */
      file: z.string(),
      /** Of the first and the second build; empty if that build did not make the file. */
      codeSha256: z.tuple([z.string(), z.string()]),
    }),
  ),
});

export type PackageBuildsSetting = DeepReadonly<z.infer<typeof packageBuildsSchema>>;

/** What `terraform plan` would change now. */
const terraformPlanSchema = z.object({
  kind: z.literal("terraform-plan"),
  folder: z.string(),
  changes: z.array(
    z.object({
      address: z.string(),
      /** `aws_lambda_function`. */
      type: z.string(),
      /** `create`, `update`, `delete`; two of them if the resource is replaced. */
      actions: z.array(z.string()),
      /** Names of the attributes that differ; never their values. */
      attributes: z.array(z.string()),
    }),
  ),
});

export type TerraformPlanSetting = DeepReadonly<z.infer<typeof terraformPlanSchema>>;

/** The outputs that verification needs, and whether the deployment has them. */
const outputsSchema = z.object({
  kind: z.literal("outputs"),
  /** The deployment as the user named it. */
  source: z.string(),
  present: z.array(z.string()),
  missing: z.array(
    z.object({
      name: z.string(),
      reason: z.enum(["absent", "empty", "wrong-type"]),
      /** What needs it: `alb.entry.url`. */
      neededBy: z.string(),
    }),
  ),
});

export type OutputsSetting = DeepReadonly<z.infer<typeof outputsSchema>>;

/**
 * What only Terraform's state, the configuration's folder and the built packages show, and the account does not. Journalled and looked
 * up like settings of the account: each kind once per run, under `STATE_SUBJECT`. A kind that there was nothing to read for (only
 * outputs were given) is not in the journal.
 */
export const stateSettingSchema = z.discriminatedUnion("kind", [
  stateBucketsSchema,
  stateNotificationsSchema,
  stateFunctionsSchema,
  stateKeysSchema,
  builtPackagesSchema,
  packageBuildsSchema,
  terraformPlanSchema,
  outputsSchema,
]);

export type StateSetting = DeepReadonly<z.infer<typeof stateSettingSchema>>;

export const stateSettingKindSchema = z.enum(stateSettingSchema.options.map(({ shape }) => shape.kind.value));
