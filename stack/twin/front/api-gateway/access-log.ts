import { createHash } from "node:crypto";
import type { LogSink } from "../../model/ports.ts";
import { type ApiRequest, header } from "./api-request.ts";
import type { FoundMethod } from "./find-method.ts";
import type { Handled } from "./invoke-integration.ts";
import { requestTime } from "./request-time.ts";
import type { RestApiConfig, StageConfig } from "./rest-api-config.ts";

export interface AccessRecord {
  readonly request: ApiRequest;
  readonly found: FoundMethod | undefined;
  readonly handled: Handled;
  readonly latencyMs: number;
}

/**
 * Writes a line per request in the stage's own format, as the role that the account names for it
 * (`aws_api_gateway_account`): without that role no line ever comes, and nothing says so.
 */
export function accessLog(
  api: RestApiConfig,
  stage: StageConfig,
  cloudwatchRoleArn: string | undefined,
  logs: LogSink,
): (record: AccessRecord) => void {
  const groupName = /:log-group:([^:]+)/.exec(stage.accessLog?.destinationArn ?? "")?.[1];
  const format = stage.accessLog?.format;
  if (cloudwatchRoleArn === undefined || groupName === undefined || format === undefined) return () => {};
  const writer = { kind: "role", roleArn: cloudwatchRoleArn, sessionName: "BackplaneAssumeRoleSession" } as const;
  const streamName = createHash("md5").update(`${api.id}/${stage.name}`).digest("hex");
  return (record) => {
    const variables = contextVariables(record, api, stage);
    const message = format.replaceAll(
      /\$context\.([A-Za-z]+(?:\.[A-Za-z]+)*)/g,
      (_whole, name: string) => variables[name] ?? "-",
    );
    logs.append(groupName, streamName, [{ atMs: record.request.atMs, message }], writer);
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html; what has no value is `-`. */
function contextVariables(
  { request, found, handled, latencyMs }: AccessRecord,
  api: RestApiConfig,
  stage: StageConfig,
): Record<string, string | undefined> {
  const { response, error, integration } = handled;
  const integrationLatency = integration === undefined ? undefined : String(Math.round(integration.latencyMs));
  const integrationStatus = integration === undefined ? undefined : String(integration.status);
  return {
    accountId: api.executionArn.split(":")[4],
    apiId: api.id,
    deploymentId: stage.deploymentId,
    domainName: request.host,
    domainPrefix: request.host.split(".")[0],
    "error.message": error?.message,
    "error.messageString": error === undefined ? undefined : JSON.stringify(error.message),
    "error.responseType": error?.type,
    extendedRequestId: request.extendedRequestId,
    httpMethod: request.method,
    "identity.sourceIp": request.clientIp,
    "identity.userAgent": header(request, "user-agent"),
    "integration.error": integration?.errorMessage,
    "integration.integrationStatus": integrationStatus,
    "integration.latency": integrationLatency,
    "integration.status": integrationStatus,
    integrationErrorMessage: integration?.errorMessage,
    integrationLatency,
    integrationStatus,
    path: `/${stage.name}${request.path}`,
    protocol: request.protocol,
    requestId: request.requestId,
    requestTime: requestTime(request.atMs),
    requestTimeEpoch: String(request.atMs),
    resourceId: found?.method.resourceId,
    resourcePath: found?.method.resourcePath,
    responseLatency: String(Math.round(latencyMs)),
    responseLength: String(Buffer.byteLength(response.body)),
    stage: stage.name,
    status: String(response.status),
    xrayTraceId: header(request, "x-amzn-trace-id"),
  };
}
