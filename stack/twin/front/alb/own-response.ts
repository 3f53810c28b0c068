import type { AlbRequest, AlbResponse } from "./alb-request.ts";
import type { ActionConfig, ListenerConfig } from "./load-balancer-config.ts";

const REASONS: Readonly<Record<number, string>> = {
  400: "400 Bad Request",
  413: "413 Request Entity Too Large",
  500: "500 Internal Server Error",
  502: "502 Bad Gateway",
  503: "503 Service Temporarily Unavailable",
  504: "504 Gateway Time-out",
};

/** An error that the load balancer answers itself, as the page it sends. */
export function errorResponse(status: number): AlbResponse {
  const reason = REASONS[status] ?? String(status);
  const body = `<html>\r\n<head><title>${reason}</title></head>\r\n<body>\r\n<center><h1>${reason}</h1></center>\r\n</body>\r\n</html>\r\n`;
  return { status, statusText: reason.slice(4), headers: [["content-type", "text/html"]], body };
}

export function fixedResponse(action: Extract<ActionConfig, { kind: "fixed-response" }>): AlbResponse {
  return {
    status: action.status,
    statusText: undefined,
    headers: [["content-type", `${action.contentType}; charset=utf-8`]],
    body: action.body,
  };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions */
export function redirectResponse(
  action: Extract<ActionConfig, { kind: "redirect" }>,
  request: AlbRequest,
  listener: ListenerConfig,
): AlbResponse {
  const parts: Readonly<Record<string, string>> = {
    protocol: listener.protocol.toLowerCase(),
    host: (request.headers.get("host")?.[0] ?? "").replace(/:\d+$/, ""),
    port: String(listener.port),
    path: request.path.slice(1),
    query: request.query,
  };
  const fill = (template: string) => template.replaceAll(/#\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole);
  const [protocol, host, port, path, query] = [
    action.protocol,
    action.host,
    action.port,
    action.path,
    action.query,
  ].map(fill);
  const location = `${protocol?.toLowerCase()}://${host}:${port}${path}${query === "" ? "" : `?${query}`}`;
  return {
    status: action.status,
    statusText: undefined,
    headers: [
      ["location", location],
      ["content-type", "text/html"],
    ],
    body: "",
  };
}
