import { type AlbRequest, queryPairs } from "./alb-request.ts";
import type { TargetGroupConfig } from "./load-balancer-config.ts";

/**
 * The event that a load balancer sends a function
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html). Of a header or query
 * parameter that came several times, the function gets the last value, or all with multi-value headers on. Query parameters stay
 * percent-encoded.
 */
export function lambdaEvent(request: AlbRequest, targetGroup: TargetGroupConfig): string {
  const isBase64Encoded = request.body.byteLength > 0 && !isText(request);
  const query = queryPairs(request.query);
  const fields = targetGroup.multiValueHeaders
    ? { multiValueQueryStringParameters: allValues(query), multiValueHeaders: Object.fromEntries(request.headers) }
    : { queryStringParameters: Object.fromEntries(query), headers: lastValues(request.headers) };
  return JSON.stringify({
    requestContext: { elb: { targetGroupArn: targetGroup.arn } },
    httpMethod: request.method,
    path: request.path,
    ...fields,
    body: Buffer.from(request.body).toString(isBase64Encoded ? "base64" : "utf8"),
    isBase64Encoded,
  });
}

/** Bodies of these types go as text, unless they are encoded (gzip and the like); all others go as base64. */
function isText({ headers }: AlbRequest): boolean {
  if (headers.has("content-encoding")) return false;
  const contentType = (headers.get("content-type")?.[0] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  return (
    contentType.startsWith("text/") ||
    ["application/json", "application/javascript", "application/xml"].includes(contentType)
  );
}

function lastValues(headers: AlbRequest["headers"]): Record<string, string> {
  return Object.fromEntries([...headers].map(([name, values]) => [name, values.at(-1) ?? ""]));
}

function allValues(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const all = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const values = all.get(name);
    if (values === undefined) all.set(name, [value]);
    else values.push(value);
  }
  return Object.fromEntries(all);
}
