import { type ApiRequest, header } from "./api-request.ts";
import type { FoundMethod } from "./find-method.ts";
import { isBinary } from "./media-types.ts";
import { requestTime } from "./request-time.ts";
import type { RestApiConfig, StageConfig } from "./rest-api-config.ts";

/**
 * The event of a Lambda proxy integration
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html).
 */
export function proxyEvent(
  request: ApiRequest,
  api: RestApiConfig,
  stage: StageConfig,
  { method, pathParameters }: FoundMethod,
): string {
  const query = [...new URLSearchParams(request.query)];
  const isBase64Encoded =
    request.body.byteLength > 0 && isBinary(api.binaryMediaTypes, header(request, "content-type"));
  return JSON.stringify({
    resource: method.resourcePath,
    path: request.path,
    httpMethod: request.method,
    headers: Object.fromEntries([...request.headers].map(([name, values]) => [name, values.at(-1)])),
    multiValueHeaders: Object.fromEntries(request.headers),
    queryStringParameters: query.length === 0 ? null : Object.fromEntries(query),
    multiValueQueryStringParameters: query.length === 0 ? null : grouped(query),
    pathParameters: pathParameters ?? null,
    stageVariables: Object.keys(stage.variables).length === 0 ? null : stage.variables,
    requestContext: requestContext(request, api, stage, method),
    body:
      request.body.byteLength === 0 ? null : Buffer.from(request.body).toString(isBase64Encoded ? "base64" : "utf8"),
    isBase64Encoded,
  });
}

function requestContext(request: ApiRequest, api: RestApiConfig, stage: StageConfig, method: FoundMethod["method"]) {
  return {
    resourceId: method.resourceId,
    resourcePath: method.resourcePath,
    httpMethod: request.method,
    extendedRequestId: request.extendedRequestId,
    requestTime: requestTime(request.atMs),
    path: `/${stage.name}${request.path}`,
    accountId: api.executionArn.split(":")[4],
    protocol: request.protocol,
    stage: stage.name,
    domainPrefix: request.host.split(".")[0],
    requestTimeEpoch: request.atMs,
    requestId: request.requestId,
    identity: {
      cognitoIdentityPoolId: null,
      accountId: null,
      cognitoIdentityId: null,
      caller: null,
      sourceIp: request.clientIp,
      principalOrgId: null,
      accessKey: null,
      cognitoAuthenticationType: null,
      cognitoAuthenticationProvider: null,
      userArn: null,
      userAgent: header(request, "user-agent") ?? null,
      user: null,
    },
    domainName: request.host,
    deploymentId: stage.deploymentId,
    apiId: api.id,
  };
}

function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const all = new Map<string, string[]>();
  for (const [name, value] of pairs) all.set(name, [...(all.get(name) ?? []), value]);
  return Object.fromEntries(all);
}
