import type { PolicyDocument, Setting } from "./setting.ts";

/**
 * What Terraform's state, the folder of its configuration and the built packages say about the stack: what the account itself
 * cannot show. Journalled and looked up like the account's own settings, each kind once per run, under `STATE_SUBJECT`. A kind
 * for which there was nothing to read (outputs alone were given) is not in the journal.
 */
export type StateSetting =
  | StateBucketsSetting
  | StateNotificationsSetting
  | StateFunctionsSetting
  | StateKeysSetting
  | BuiltPackagesSetting
  | PackageBuildsSetting
  | TerraformPlanSetting
  | OutputsSetting;

/** The one subject of every state setting. */
export const STATE_SUBJECT = "terraform";

/** A setting of the account or of Terraform. */
export type AnySetting = Setting | StateSetting;

export type AnySettingKind = AnySetting["kind"];

const STATE_KINDS: Readonly<Record<StateSetting["kind"], true>> = {
  "state-buckets": true,
  "state-notifications": true,
  "state-functions": true,
  "state-keys": true,
  "built-packages": true,
  "package-builds": true,
  "terraform-plan": true,
  outputs: true,
};

/** Whether a kind comes from Terraform and not from the account. */
export function isStateKind(kind: AnySettingKind): kind is StateSetting["kind"] {
  return kind in STATE_KINDS;
}

/** Every bucket that the state holds. */
export interface StateBucketsSetting {
  readonly kind: "state-buckets";
  readonly buckets: readonly {
    /** `aws_s3_bucket.content`. */
    readonly address: string;
    readonly name: string;
    readonly forceDestroy: boolean;
  }[];
}

/** Every notification resource that the state holds, with the rules that it was applied with. */
export interface StateNotificationsSetting {
  readonly kind: "state-notifications";
  readonly notifications: readonly {
    /** `aws_s3_bucket_notification.content`. */
    readonly address: string;
    readonly bucket: string;
    readonly functionRules: readonly {
      readonly id: string;
      readonly functionArn: string;
      readonly events: readonly string[];
      readonly prefix: string;
      readonly suffix: string;
    }[];
  }[];
}

/** Every function that the state holds. */
export interface StateFunctionsSetting {
  readonly kind: "state-functions";
  readonly functions: readonly {
    readonly address: string;
    readonly name: string;
    /** Of the package on the machine that applied; empty where the code comes from a bucket or an image. */
    readonly fileName: string;
    /** Base64 of the SHA-256 of the package that was applied; empty where the state does not say. */
    readonly sourceCodeHash: string;
  }[];
}

/** Every key that the state holds, with its policy: who made it can be kept from reading it back. */
export interface StateKeysSetting {
  readonly kind: "state-keys";
  readonly keys: readonly {
    /** `aws_kms_key.main`. */
    readonly address: string;
    readonly arn: string;
    readonly policy: PolicyDocument;
  }[];
}

/** The packages that the state's functions are deployed from, as they are on this machine. */
export interface BuiltPackagesSetting {
  readonly kind: "built-packages";
  readonly packages: readonly {
    readonly functionName: string;
    readonly path: string;
    readonly content: PackageContent;
  }[];
}

export type PackageContent =
  /** Base64 of the SHA-256 of the bytes, as Lambda's CodeSha256. */
  | { readonly kind: "zip"; readonly codeSha256: string }
  /** The folder of built packages is there and holds no such file. */
  | { readonly kind: "no-such-file" }
  /** There is no folder of built packages on this machine. */
  | { readonly kind: "not-built-here" }
  | { readonly kind: "not-readable"; readonly reason: string };

/** The packages of two builds of the same code, made one after the other into two empty folders. */
export interface PackageBuildsSetting {
  readonly kind: "package-builds";
  /** As it was run: `node build.mjs`. */
  readonly command: string;
  readonly packages: readonly {
    /** Relative to the folder that was built into: `ingest.zip`. */
    readonly file: string;
    /** Of the first build and of the second, base64; empty where that build did not make the file. */
    readonly codeSha256: readonly [first: string, second: string];
  }[];
}

/** What `terraform plan` would change now. */
export interface TerraformPlanSetting {
  readonly kind: "terraform-plan";
  readonly folder: string;
  readonly changes: readonly {
    readonly address: string;
    /** `aws_lambda_function`. */
    readonly type: string;
    /** `create`, `update`, `delete`; two of them where the resource is replaced. */
    readonly actions: readonly string[];
    /** Names of the attributes that differ; never their values. */
    readonly attributes: readonly string[];
  }[];
}

/** The outputs that verification needs, by what the deployment says of them. */
export interface OutputsSetting {
  readonly kind: "outputs";
  /** The deployment as the user named it. */
  readonly source: string;
  readonly present: readonly string[];
  readonly missing: readonly {
    readonly name: string;
    readonly reason: "absent" | "empty" | "wrong-type";
    /** What needs it: `alb.entry.url`. */
    readonly neededBy: string;
  }[];
}
