import type { PolicyDocument } from "./identity-setting.ts";

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
  /** Throttling by method (every method under one key, or `~1process/POST`), where the stage sets its own; absent where it sets none. */
  readonly throttles?:
    | readonly { readonly method: string; readonly requestsPerSecond: number; readonly burst: number }[]
    | undefined;
}

/** API Gateway's settings for the whole account and region. */
export interface ApiAccountSetting {
  readonly kind: "api-account";
  readonly region: string;
  readonly cloudwatchRoleArn: string;
}
