import type { ReadError } from "./read-error.ts";

/**
 * What the account says about the resources behind a pipeline, read once per run and journalled; rules judge it and never ask
 * the account. Names follow the AWS API they are read from; only what some rule needs is kept, and nothing that may be secret:
 * a function's environment keeps values only where they are names that the deployment's outputs hold too.
 */
export type Setting =
  | LoadBalancerSetting
  | ListenersSetting
  | TargetGroupSetting
  | SecurityGroupSetting
  | SubnetSetting
  | VpcSetting
  | FlowLogsSetting
  | FunctionSetting
  | FunctionPolicySetting
  | EventSourceMappingsSetting
  | RoleSetting
  | KeySetting
  | StreamSetting
  | TableSetting
  | ScalingSetting
  | BucketSetting
  | LogGroupSetting
  | ApiSetting
  | ApiStageSetting
  | ApiAccountSetting
  | InstanceSetting
  | ObjectSetting;

export type SettingKind = Setting["kind"];

/** The part of a setting that a call of its own reads, and that may be denied without the rest being unknown. */
export type Part<T> =
  | { readonly kind: "read"; readonly value: T }
  | { readonly kind: "unread"; readonly error: ReadError };

export interface LoadBalancerSetting {
  readonly kind: "load-balancer";
  readonly arn: string;
  readonly dnsName: string;
  /** `application`, `network` or `gateway`. */
  readonly type: string;
  readonly scheme: "internet-facing" | "internal";
  /** `ipv4`, `dualstack` or `dualstack-without-public-ipv4`. */
  readonly ipAddressType: string;
  readonly state: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly accessLogs: { readonly enabled: boolean; readonly bucket: string; readonly prefix: string };
}

/** All listeners of a load balancer with their rules, the default rule last. */
export interface ListenersSetting {
  readonly kind: "listeners";
  readonly loadBalancerArn: string;
  readonly listeners: readonly {
    readonly arn: string;
    readonly port: number;
    readonly protocol: string;
    readonly rules: readonly ListenerRule[];
  }[];
}

export interface ListenerRule {
  readonly arn: string;
  /** `default` or a number. */
  readonly priority: string;
  readonly conditions: readonly ListenerCondition[];
  /** Target groups that a forward action may choose (of weight 0: none); empty where the action is another. */
  readonly forwardsTo: readonly string[];
  /** What an anonymous request meets first: `forward`, `redirect`, `fixed-response`, `authenticate-oidc`, … */
  readonly action: string;
}

/** Holds where one of the values, wildcards `*` and `?` included, or one of the regular expressions fits. */
export interface ListenerCondition {
  /** `path-pattern`, `host-header`, `http-header`, `http-request-method`, `query-string`, `source-ip`. */
  readonly field: string;
  /** Name of the header for `http-header`, else empty. */
  readonly httpHeaderName: string;
  /** For `query-string`: `key=value`, or the value alone where the key does not matter. */
  readonly values: readonly string[];
  readonly regexValues: readonly string[];
}

export interface TargetGroupSetting {
  readonly kind: "target-group";
  readonly arn: string;
  readonly targetType: string;
  /** Load balancers whose rules name this group. */
  readonly loadBalancerArns: readonly string[];
  readonly targets: readonly { readonly id: string; readonly health: string; readonly reason: string }[];
}

export interface SecurityGroupSetting {
  readonly kind: "security-group";
  readonly id: string;
  readonly ingress: readonly SecurityGroupRule[];
  readonly egress: readonly SecurityGroupRule[];
}

export interface SecurityGroupRule {
  /** `tcp`, `udp`, `icmp`, … or `-1` for all. */
  readonly protocol: string;
  /** -1 where all ports are meant. */
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidrsIpv4: readonly string[];
  readonly cidrsIpv6: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly prefixListIds: readonly string[];
}

export interface SubnetSetting {
  readonly kind: "subnet";
  readonly id: string;
  readonly vpcId: string;
  readonly routeTableId: string;
  readonly routes: readonly { readonly destination: string; readonly target: string; readonly state: string }[];
}

export interface VpcSetting {
  readonly kind: "vpc";
  readonly id: string;
  readonly cidrsIpv4: readonly string[];
  readonly cidrsIpv6: readonly string[];
}

export interface FlowLogsSetting {
  readonly kind: "flow-logs";
  readonly vpcId: string;
  readonly flowLogs: readonly {
    readonly id: string;
    readonly status: string;
    readonly deliveryStatus: string;
    readonly deliveryError: string;
    readonly destinationType: string;
    /** ARN of a bucket or stream, or the name of a log group. */
    readonly destination: string;
    readonly roleArn: string;
  }[];
}

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
    readonly filterPatterns: readonly string[];
    readonly maximumRetryAttempts: number;
    readonly reportsBatchItemFailures: boolean;
  }[];
}

export interface RoleSetting {
  readonly kind: "role";
  readonly name: string;
  readonly arn: string;
  readonly trust: PolicyDocument;
  /** Inline ones by name, attached ones by ARN. */
  readonly policies: readonly { readonly name: string; readonly document: PolicyDocument }[];
  readonly permissionsBoundary: PolicyDocument | null;
}

export interface KeySetting {
  readonly kind: "key";
  readonly arn: string;
  /** `Enabled`, `Disabled`, `PendingDeletion`, … */
  readonly state: string;
  /** `CUSTOMER` or `AWS`. */
  readonly manager: string;
  readonly policy: PolicyDocument;
  readonly grants: Part<readonly KeyGrant[]>;
}

export interface KeyGrant {
  /** ARN of a role or user, or a service principal. */
  readonly granteePrincipal: string;
  readonly operations: readonly string[];
  /** Which encryption context the grant is bound to: any, one with at least these pairs, or exactly these. */
  readonly encryptionContext: {
    readonly match: "any" | "subset" | "equals";
    readonly pairs: Readonly<Record<string, string>>;
  };
}

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

export interface ApiSetting {
  readonly kind: "api";
  readonly id: string;
  readonly name: string;
  /** `REGIONAL`, `EDGE`, `PRIVATE`. */
  readonly endpointTypes: readonly string[];
  /** The `execute-api` host answers 403 to everyone; only a custom domain serves. */
  readonly executeApiEndpointDisabled: boolean;
  /** Resource policy: who may call the API; null where it has none. */
  readonly policy: PolicyDocument | null;
  readonly methods: readonly {
    readonly path: string;
    readonly httpMethod: string;
    readonly authorization: string;
    readonly apiKeyRequired: boolean;
    /** `AWS_PROXY`, `AWS`, `HTTP`, `MOCK`, or empty where there is no integration. */
    readonly integrationType: string;
    readonly integrationUri: string;
    /** The method by which the backend is called: a function takes POST only. */
    readonly integrationHttpMethod: string;
    /** Role that API Gateway invokes with, in place of the function's own permission; empty where there is none. */
    readonly integrationCredentialsArn: string;
  }[];
}

export interface ApiStageSetting {
  readonly kind: "api-stage";
  readonly apiId: string;
  readonly name: string;
  readonly deploymentId: string;
  /** Empty where access logs are off. */
  readonly accessLogDestinationArn: string;
  readonly accessLogFormat: string;
}

/** API Gateway's settings for the whole account and region. */
export interface ApiAccountSetting {
  readonly kind: "api-account";
  readonly region: string;
  readonly cloudwatchRoleArn: string;
}

export interface InstanceSetting {
  readonly kind: "instance";
  readonly id: string;
  readonly state: string;
  readonly subnetId: string;
  readonly securityGroupIds: readonly string[];
  readonly publicIpAddress: string;
  /** Empty where the instance has no profile or the profile no role. */
  readonly roleArn: string;
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

/** An IAM policy as it was read; rules reason about what it grants, not how it is spelled. */
export interface PolicyDocument {
  readonly version: string;
  readonly statements: readonly PolicyStatement[];
}

/** Values that are no strings (`false`, 5) are given as text. Single values are lists of one; an absent element is an empty list. `*` as principal is `{ "*": ["*"] }`. */
export interface PolicyStatement {
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  readonly principals: Readonly<Record<string, readonly string[]>>;
  readonly notPrincipals: Readonly<Record<string, readonly string[]>>;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  /** Operator → condition key → values. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}
