import type { ServedRequest } from "./alb-metrics.ts";
import type { AlbRequest } from "./alb-request.ts";
import type { ListenerConfig } from "./load-balancer-config.ts";

/** One request that was answered. */
export interface AccessLogEntry extends ServedRequest {
  readonly request: AlbRequest;
  readonly listener: Pick<ListenerConfig, "port" | "protocol">;
  readonly startedMs: number;
  readonly targetGroupArn: string | undefined;
}

/**
 * One line of an access log; what does not apply is `-`, and `-1` where it is a time.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html#access-log-entry-format
 */
export function accessLogLine(loadBalancer: string, entry: AccessLogEntry): string {
  const { request, listener, atMs, startedMs, status, byTarget, forwarded, targetResponseMs } = entry;
  const scheme = listener.protocol.toLowerCase();
  const host = request.headers.get("host")?.[0] ?? "-";
  const query = request.query === "" ? "" : `?${request.query}`;
  const url = `${scheme}://${host.replace(/:\d+$/, "")}:${listener.port}${request.path}${query}`;
  const targetTime = targetResponseMs === undefined ? "-1" : (targetResponseMs / 1000).toFixed(3);
  const ownTime = forwarded ? "0.000" : "-1";
  return [
    scheme,
    new Date(atMs).toISOString(),
    loadBalancer,
    `${request.clientIp}:40000`,
    "-",
    ownTime,
    targetTime,
    ownTime,
    status,
    byTarget ? status : "-",
    entry.receivedBytes,
    entry.sentBytes,
    quoted(`${request.method} ${url} HTTP/1.1`),
    quoted(request.headers.get("user-agent")?.[0] ?? "-"),
    "-",
    "-",
    entry.targetGroupArn ?? "-",
    quoted(request.headers.get("x-amzn-trace-id")?.[0] ?? "-"),
    quoted("-"),
    quoted("-"),
    "-",
    new Date(startedMs).toISOString(),
    quoted(forwarded ? "forward" : "-"),
    quoted("-"),
    quoted(entry.errorReason ?? "-"),
    quoted("-"),
    quoted(byTarget ? String(status) : "-"),
    quoted("-"),
    quoted("-"),
  ].join(" ");
}

/** What would end a line or a field is escaped, as ELB does. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\\r\n\t]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`)}"`;
}
