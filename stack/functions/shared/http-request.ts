import { isJsonObject } from "./json.ts";
import { decodeUtf8, type Utf8Text } from "./utf8.ts";

/** What the handlers use of an HTTP request that a load balancer or API Gateway passes on. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly body: Utf8Text;
  /** An ALB target group with multi-value headers sends, and expects, `multiValueHeaders` in place of `headers`. */
  readonly headerStyle: "single" | "multi";
}

/**
 * Reads the event of an ALB target or an API Gateway REST proxy integration; undefined when it is neither.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function readHttpRequest(event: unknown): HttpRequest | undefined {
  if (!isJsonObject(event)) return undefined;
  const { httpMethod, path, body, isBase64Encoded, headers, multiValueHeaders } = event;
  if (typeof httpMethod !== "string" || typeof path !== "string") return undefined;
  const received = typeof body === "string" ? body : "";
  return {
    method: httpMethod,
    path,
    body: isBase64Encoded === true ? decodeUtf8(Buffer.from(received, "base64")) : { kind: "text", text: received },
    headerStyle: isJsonObject(multiValueHeaders) && !isJsonObject(headers) ? "multi" : "single",
  };
}
