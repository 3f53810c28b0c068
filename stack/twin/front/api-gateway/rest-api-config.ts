/** One REST API as `aws_api_gateway_rest_api` and its parts describe it; the deployment is taken to hold what the state holds. */
export interface RestApiConfig {
  readonly id: string;
  readonly name: string;
  /** `arn:aws:execute-api:<region>:<account>:<api id>`. */
  readonly executionArn: string;
  readonly binaryMediaTypes: readonly string[];
  /** `disable_execute_api_endpoint`: only custom domain names, which the twin does not play, lead to the API. */
  readonly isDefaultEndpointDisabled: boolean;
  readonly methods: readonly MethodConfig[];
  readonly stages: readonly StageConfig[];
}

export interface MethodConfig {
  readonly resourceId: string;
  /** For example `/process` or `/items/{id}` or `/{proxy+}`. */
  readonly resourcePath: string;
  /** A method, or `ANY`. */
  readonly httpMethod: string;
  /** `NONE`, `AWS_IAM`, `CUSTOM` or `COGNITO_USER_POOLS`. */
  readonly authorization: string;
  readonly apiKeyRequired: boolean;
  readonly validator: RequestValidator | undefined;
  /** For example `method.request.querystring.page`; a validator of parameters refuses requests that lack one. */
  readonly requiredParameters: readonly string[];
  readonly integration: IntegrationConfig | undefined;
}

/** Of a method (`aws_api_gateway_request_validator`). */
export interface RequestValidator {
  readonly validatesParameters: boolean;
  /** Bodies are held against the method's models; the twin does not do that, and counts it. */
  readonly validatesBody: boolean;
}

export interface IntegrationConfig {
  /** How the integration itself is called; Lambda takes POST alone. Absent is POST. */
  readonly httpMethod?: string | undefined;
  /** `AWS_PROXY`, `AWS`, `MOCK`, `HTTP` or `HTTP_PROXY`. */
  readonly type: string;
  /** For Lambda `arn:aws:apigateway:<region>:lambda:path/2015-03-31/functions/<function ARN>/invocations`. */
  readonly uri: string | undefined;
  readonly timeoutMs: number;
}

export interface StageConfig {
  readonly name: string;
  readonly deploymentId: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly accessLog: { readonly destinationArn: string; readonly format: string } | undefined;
  /** Whether metrics per method are on (`aws_api_gateway_method_settings`). */
  readonly detailedMetrics: boolean;
  /** Throttling of methods (`aws_api_gateway_method_settings`), where it is set. */
  readonly throttles: readonly MethodThrottle[];
}

export interface MethodThrottle {
  /** For example `items/{id}/GET`, or one for all methods, each on its own: `*\/*`. */
  readonly methodPath: string;
  readonly requestsPerSecond: number;
  readonly burst: number;
}
