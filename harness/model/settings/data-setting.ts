import type { PolicyDocument } from "./identity-setting.ts";

export interface StreamSetting {
  readonly kind: "stream";
  readonly name: string;
  readonly arn: string;
  readonly status: string;
  readonly mode: string;
  readonly openShards: number;
  /** As configured: ARN, key id or alias. Empty where the stream is not encrypted. */
  readonly keyArn: string;
}

export interface TableSetting {
  readonly kind: "table";
  readonly name: string;
  readonly arn: string;
  readonly status: string;
  readonly billingMode: "PROVISIONED" | "PAY_PER_REQUEST";
  readonly readCapacity: number;
  readonly writeCapacity: number;
  readonly keySchema: readonly {
    readonly attribute: string;
    readonly keyType: string;
    readonly attributeType: string;
  }[];
  /** Empty where AWS' own key serves. */
  readonly keyArn: string;
  readonly pointInTimeRecovery: boolean;
}

/** Application Auto Scaling of a table. */
export interface ScalingSetting {
  readonly kind: "scaling";
  readonly tableName: string;
  readonly targets: readonly {
    readonly dimension: string;
    readonly minimum: number;
    readonly maximum: number;
    /** Neither scaled in nor out by policies for now. */
    readonly suspended: boolean;
  }[];
  readonly policies: readonly { readonly dimension: string; readonly policyType: string; readonly metric: string }[];
}

export interface BucketSetting {
  readonly kind: "bucket";
  readonly name: string;
  readonly versioning: "Enabled" | "Suspended" | "Off";
  readonly encryption: {
    /** `AES256`, `aws:kms`, … */
    readonly algorithm: string;
    /** As configured: ARN, key id or alias. Empty where AWS' own key serves. */
    readonly keyArn: string;
    readonly bucketKey: boolean;
  } | null;
  readonly publicAccessBlock: {
    readonly blockPublicAcls: boolean;
    readonly ignorePublicAcls: boolean;
    readonly blockPublicPolicy: boolean;
    readonly restrictPublicBuckets: boolean;
  } | null;
  readonly policy: PolicyDocument | null;
  readonly functionNotifications: readonly {
    readonly id: string;
    readonly functionArn: string;
    readonly events: readonly string[];
    readonly prefix: string;
    readonly suffix: string;
  }[];
}

/** One object's head, as the proof of an instance. A key without an object is `setting-absent`. */
export interface ObjectSetting {
  readonly kind: "object";
  readonly bucket: string;
  readonly key: string;
  /** `AES256`, `aws:kms`, …, empty where it is stored in the clear. */
  readonly encryption: string;
  readonly keyArn: string;
  readonly lastModifiedMs: number;
}

/** A name that no group has exactly is `setting-absent`. */
export interface LogGroupSetting {
  readonly kind: "log-group";
  readonly name: string;
  /** Without the `:*` at its end. */
  readonly arn: string;
  /** Empty where the group has no key of its own. */
  readonly keyArn: string;
  /** Null where log events never expire. */
  readonly retentionDays: number | null;
}
