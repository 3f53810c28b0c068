import type { PolicyDocument } from "./identity-setting.ts";

export interface FunctionSetting {
  readonly kind: "function";
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly runtime: string;
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMiB: number;
  readonly state: string;
  readonly stateReason: string;
  /** `Successful`, `InProgress`, or `Failed`: then the code and settings before the update are the ones that run. */
  readonly lastUpdateStatus: string;
  readonly lastUpdateStatusReason: string;
  /** Base64 of the SHA-256 of the package. */
  readonly codeSha256: string;
  /** Variables by name; `null` where the value is none of the deployment's names and so is not kept. */
  readonly environment: Readonly<Record<string, string | null>>;
  /** Why the variables could not be shown to the caller (their key is denied), and so are missing here; else empty. */
  readonly environmentError: string;
  /** Empty where AWS' own key serves. */
  readonly keyArn: string;
  readonly logGroup: string;
  /** Null where none is reserved. */
  readonly reservedConcurrency: number | null;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/** Resource-based policy of a function: who may invoke it. A function that has none is `setting-absent`. */
export interface FunctionPolicySetting {
  readonly kind: "function-policy";
  readonly functionName: string;
  readonly policy: PolicyDocument;
}

export interface EventSourceMappingsSetting {
  readonly kind: "event-source-mappings";
  readonly functionName: string;
  readonly mappings: readonly {
    readonly uuid: string;
    readonly eventSourceArn: string;
    readonly state: string;
    readonly stateReason: string;
    readonly lastProcessingResult: string;
    readonly batchSize: number;
    /** Batches of one shard at once; absent in journals that were written before it was read. */
    readonly parallelizationFactor?: number | undefined;
    readonly filterPatterns: readonly string[];
    readonly maximumRetryAttempts: number;
    readonly reportsBatchItemFailures: boolean;
  }[];
}
