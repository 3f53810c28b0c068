import type { IncomingMessage, ServerResponse } from "node:http";
import type { Listener } from "../../model/listener.ts";
import type { MetricSink } from "../../model/ports.ts";
import { splitOnce } from "../../model/text.ts";
import { listenOnLoopback, readBodyUpTo } from "../loopback-server.ts";
import { traceId } from "../trace-id.ts";
import type { AccessLog } from "./access-log.ts";
import { albMetrics } from "./alb-metrics.ts";
import type { AlbRequest, AlbResponse } from "./alb-request.ts";
import type { ListenerConfig, LoadBalancerConfig, TargetGroupConfig } from "./load-balancer-config.ts";
import { inOrder } from "./match-rule.ts";
import { type Served, type ServePorts, serveRequest } from "./serve-request.ts";

/** A function's body bound; what is longer need not be kept to be refused. */
const MAX_BODY_BYTES = 1024 * 1024;

interface ListenerOptions {
  /** The address that clients seem to come from: loopback stands for the internet. */
  readonly clientIp: string;
  readonly newId: () => string;
}

/** One listener of a load balancer, on a loopback port of its own. */
export function startListener(
  { loadBalancer, accessLog }: { readonly loadBalancer: LoadBalancerConfig; readonly accessLog: AccessLog },
  listener: ListenerConfig,
  targetGroups: ReadonlyMap<string, TargetGroupConfig>,
  ports: ServePorts & { readonly metrics: MetricSink },
  options: ListenerOptions,
  signal: AbortSignal,
): Promise<Listener> {
  const ordered = inOrder(listener);
  const record = albMetrics(loadBalancer.arnSuffix, ports.metrics);
  return listenOnLoopback(async (incoming, outgoing) => {
    const startedMs = ports.clock.nowMs();
    const body = await readBodyUpTo(incoming, MAX_BODY_BYTES);
    const request = readRequest(incoming, body, listener, options, ports.clock.nowMs());
    const served = await serveRequest(request, ordered, targetGroups, ports, signal);
    if (served.kind === "cut") {
      outgoing.destroy();
      return;
    }
    const sentBytes = write(outgoing, served.response, request.method === "HEAD");
    const atMs = ports.clock.nowMs();
    const entry = { ...recordOf(served), atMs, receivedBytes: body.byteLength, sentBytes };
    record(entry);
    accessLog.add({ ...entry, request, listener, startedMs, targetGroupArn: served.targetGroup?.arn });
  });
}

function readRequest(
  incoming: IncomingMessage,
  body: Uint8Array,
  listener: ListenerConfig,
  { clientIp, newId }: ListenerOptions,
  atMs: number,
): AlbRequest {
  const [path, query] = splitOnce(incoming.url ?? "/", "?");
  const headers = new Map<string, readonly string[]>();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    if (values !== undefined && !["connection", "transfer-encoding", "keep-alive"].includes(name))
      headers.set(name, values);
  }
  const forwardedFor = [...(headers.get("x-forwarded-for") ?? []), clientIp].join(", ");
  headers.set("x-amzn-trace-id", [traceId(headers.get("x-amzn-trace-id")?.[0], atMs, newId)]);
  headers.set("x-forwarded-for", [forwardedFor]);
  headers.set("x-forwarded-port", [String(listener.port)]);
  headers.set("x-forwarded-proto", [listener.protocol.toLowerCase()]);
  return {
    method: incoming.method ?? "GET",
    path,
    query,
    headers,
    body,
    clientIp,
  };
}

function write(outgoing: ServerResponse, response: AlbResponse, isHead: boolean): number {
  const { body } = response;
  const sizeBytes = Buffer.byteLength(body);
  outgoing.statusCode = response.status;
  if (response.statusText !== undefined && response.statusText !== "") outgoing.statusMessage = response.statusText;
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
  outgoing.setHeader("server", "awselb/2.0");
  outgoing.setHeader("content-length", sizeBytes);
  outgoing.end(isHead ? undefined : body);
  return sizeBytes;
}

function recordOf(served: Extract<Served, { kind: "served" }>) {
  const { response, byTarget, targetGroup, targetResponseMs, lambdaError, errorReason } = served;
  const forwarded = targetGroup !== undefined && targetGroup.targetIds.length > 0;
  return {
    status: response.status,
    byTarget,
    targetGroupSuffix: targetGroup?.arnSuffix,
    forwarded,
    targetResponseMs,
    lambdaError,
    errorReason,
  };
}
