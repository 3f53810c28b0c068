/**
 * The X-Amzn-Trace-Id that a front door adds: `Root=1-<seconds in hex>-<24 hex digits>`; where the client has sent one, it is kept and
 * the load balancer's own part put before it (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-request-tracing.html).
 */
export function traceId(received: string | undefined, atMs: number, newId: () => string): string {
  const own = `1-${Math.floor(atMs / 1000)
    .toString(16)
    .padStart(8, "0")}-${newId().replaceAll("-", "").slice(0, 24)}`;
  return received === undefined || received === "" ? `Root=${own}` : `Self=${own};${received}`;
}
