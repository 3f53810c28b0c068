import { z } from "zod";
import type { DeepReadonly } from "../deep-readonly.ts";
import { functionNotificationSchema } from "./data-setting.ts";
import { policyDocumentSchema } from "./identity-setting.ts";

/** The one subject of every state setting. */
export const STATE_SUBJECT = "terraform";

/** Every bucket that the state holds. */
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

/** Every notification resource that the state holds, with the rules that it was applied with. */
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

/** Every function that the state holds. */
const stateFunctionsSchema = z.object({
  kind: z.literal("state-functions"),
  functions: z.array(
    z.object({
      address: z.string(),
      name: z.string(),
      /** Of the package on the machine that applied; empty where the code comes from a bucket or an image. */
      fileName: z.string(),
      /** Base64 of the SHA-256 of the package that was applied; empty where the state does not say. */
      sourceCodeHash: z.string(),
    }),
  ),
});

export type StateFunctionsSetting = DeepReadonly<z.infer<typeof stateFunctionsSchema>>;

/** Every key that the state holds, with its policy: who made it can be kept from reading it back. */
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
  /** Base64 of the SHA-256 of the bytes, as Lambda's CodeSha256. */
  z.object({ kind: z.literal("zip"), codeSha256: z.string() }),
  /** The folder of built packages is there and holds no such file. */
  z.object({ kind: z.literal("no-such-file") }),
  /** There is no folder of built packages on this machine. */
  z.object({ kind: z.literal("not-built-here") }),
  z.object({ kind: z.literal("not-readable"), reason: z.string() }),
]);

export type PackageContent = DeepReadonly<z.infer<typeof packageContentSchema>>;

/** The packages that the state's functions are deployed from, as they are on this machine. */
const builtPackagesSchema = z.object({
  kind: z.literal("built-packages"),
  packages: z.array(z.object({ functionName: z.string(), path: z.string(), content: packageContentSchema })),
});

export type BuiltPackagesSetting = DeepReadonly<z.infer<typeof builtPackagesSchema>>;

/** The packages of two builds of the same code, made one after the other into two empty folders. */
const packageBuildsSchema = z.object({
  kind: z.literal("package-builds"),
  /** As it was run: `node build.mjs`. */
  command: z.string(),
  packages: z.array(
    z.object({
      /** Relative to the folder that was built into: `ingest.zip`. */
      file: z.string(),
      /** Of the first build and of the second, base64; empty where that build did not make the file. */
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
      /** `create`, `update`, `delete`; two of them where the resource is replaced. */
      actions: z.array(z.string()),
      /** Names of the attributes that differ; never their values. */
      attributes: z.array(z.string()),
    }),
  ),
});

export type TerraformPlanSetting = DeepReadonly<z.infer<typeof terraformPlanSchema>>;

/** The outputs that verification needs, by what the deployment says of them. */
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
 * What Terraform's state, the folder of its configuration and the built packages say about the stack: what the account itself
 * cannot show. Journalled and looked up like the account's own settings, each kind once per run, under `STATE_SUBJECT`. A kind
 * for which there was nothing to read (outputs alone were given) is not in the journal.
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
