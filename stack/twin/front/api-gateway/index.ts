import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createClosing } from "../../model/closing.ts";
import type { LogSink, MetricSink } from "../../model/ports.ts";
import { splitOnce } from "../../model/text.ts";
import { INTERNET_CLIENT_IP } from "../../network/address-range.ts";
import { listenOnLoopback, readBodyUpTo } from "../loopback-server.ts";
import { traceId } from "../trace-id.ts";
import { type AccessRecord, accessLog } from "./access-log.ts";
import { apiMetrics } from "./api-metrics.ts";
import type { ApiRequest, ApiResponse } from "./api-request.ts";
import { gatewayResponse } from "./gateway-response.ts";
import { type HandlePorts, handleRequest, MAX_BODY_BYTES } from "./handle-request.ts";
import type { RestApiConfig, StageConfig } from "./rest-api-config.ts";
import { stageThrottle } from "./throttle.ts";

export type * from "./rest-api-config.ts";

type ApiGatewayPorts = HandlePorts & { readonly logs: LogSink; readonly metrics: MetricSink };

interface ApiGatewayOptions {
  /** The role of `aws_api_gateway_account`; without it no access log is written. */
  readonly cloudwatchRoleArn: string | undefined;
  /** The address that clients seem to come from. */
  readonly clientIp?: string;
  readonly newId?: () => string;
}

export interface ApiGateway {
  /** The one port of all APIs, for example `http://127.0.0.1:41234`; the Host header says which is meant. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the REST APIs; a single one answers whatever the Host header says. */
export async function startApiGateway(
  apis: readonly RestApiConfig[],
  ports: ApiGatewayPorts,
  options: ApiGatewayOptions,
): Promise<ApiGateway> {
  const closing = createClosing();
  const newId = options.newId ?? randomUUID;
  const recorders = new Map(
    apis.flatMap((api) => api.stages.map((stage) => [stage, recorderOf(api, stage, ports, options)] as const)),
  );
  const throttles = new Map(
    apis.flatMap((api) => api.stages.map((stage) => [stage, stageThrottle(api, stage, ports.limits)] as const)),
  );
  const server = await listenOnLoopback(async (incoming, outgoing) => {
    const body = await readBodyUpTo(incoming, MAX_BODY_BYTES);
    const request = readRequest(incoming, body, options.clientIp ?? INTERNET_CLIENT_IP, ports.clock.nowMs(), newId);
    const api = apiOf(apis, request.host);
    const { stageName, path } = splitStage(request.path);
    const stage = api?.stages.find(({ name }) => name === stageName);
    if (api === undefined || stage === undefined || api.isDefaultEndpointDisabled) {
      write(outgoing, request, gatewayResponse("FORBIDDEN"));
      return;
    }
    const ofStage = { ...request, path };
    const isAdmitted = throttles.get(stage) ?? (() => true);
    const outcome = await handleRequest(ofStage, api, stage, ports, isAdmitted, closing.signal);
    if (outcome.kind === "cut") {
      outgoing.destroy();
      return;
    }
    write(outgoing, ofStage, outcome.handled.response);
    const record = {
      request: ofStage,
      found: outcome.found,
      handled: outcome.handled,
      latencyMs: ports.clock.nowMs() - request.atMs,
    };
    recorders.get(stage)?.(record);
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    async close() {
      closing.abort();
      await server.close();
    },
  };
}

function recorderOf(
  api: RestApiConfig,
  stage: StageConfig,
  ports: ApiGatewayPorts,
  options: ApiGatewayOptions,
): (record: AccessRecord) => void {
  const writeLog = accessLog(api, stage, options.cloudwatchRoleArn, ports.logs);
  const addMetrics = apiMetrics(api, stage, ports.metrics);
  return (record) => {
    writeLog(record);
    addMetrics(record);
  };
}

function readRequest(
  incoming: IncomingMessage,
  body: Uint8Array,
  clientIp: string,
  atMs: number,
  newId: () => string,
): ApiRequest {
  const [path, query] = splitOnce(incoming.url ?? "/", "?");
  const headers = new Map<string, string[]>();
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    const [name = "", value = ""] = incoming.rawHeaders.slice(index, index + 2);
    if (["connection", "content-length", "transfer-encoding", "keep-alive"].includes(name.toLowerCase())) continue;
    headers.set(name, [...(headers.get(name) ?? []), value]);
  }
  const forwardedFor = incoming.headers["x-forwarded-for"];
  const received = incoming.headersDistinct["x-amzn-trace-id"]?.[0];
  for (const name of [...headers.keys()])
    if (/^x-(forwarded-(for|port|proto)|amzn-trace-id)$/i.test(name)) headers.delete(name);
  headers.set("X-Amzn-Trace-Id", [traceId(received, atMs, newId)]);
  headers.set("X-Forwarded-For", [forwardedFor === undefined ? clientIp : `${forwardedFor}, ${clientIp}`]);
  headers.set("X-Forwarded-Port", ["443"]);
  headers.set("X-Forwarded-Proto", ["https"]);
  return {
    method: incoming.method ?? "GET",
    path,
    query,
    headers,
    body,
    host: (incoming.headers.host ?? "").replace(/:\d+$/, ""),
    clientIp,
    requestId: newId(),
    extendedRequestId: `${Buffer.from(newId().replaceAll("-", ""), "hex").toString("base64url").slice(0, 15)}=`,
    atMs,
    protocol: `HTTP/${incoming.httpVersion}`,
  };
}

function apiOf(apis: readonly RestApiConfig[], host: string): RestApiConfig | undefined {
  const [only] = apis;
  return apis.find(({ id }) => host.startsWith(`${id}.execute-api.`)) ?? (apis.length === 1 ? only : undefined);
}

function splitStage(path: string): { stageName: string; path: string } {
  const [, stageName = "", ...rest] = path.split("/");
  return { stageName, path: `/${rest.join("/")}` };
}

function write(outgoing: ServerResponse, request: ApiRequest, response: ApiResponse): void {
  const body = Buffer.from(response.body);
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
  outgoing.setHeader("x-amzn-RequestId", request.requestId);
  outgoing.setHeader("x-amz-apigw-id", request.extendedRequestId);
  outgoing.setHeader("X-Amzn-Trace-Id", request.headers.get("X-Amzn-Trace-Id")?.[0] ?? "");
  outgoing.setHeader("content-length", body.byteLength);
  outgoing.end(request.method === "HEAD" ? undefined : body);
}
