import { STATUS_CODES } from "node:http";
import type { HttpRequest } from "./http-request.ts";

/** An answer before it takes the shape that its entry expects. The body is sent as JSON. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: { readonly [name: string]: string };
}

interface ResponseBase {
  readonly statusCode: number;
  readonly isBase64Encoded: boolean;
  readonly body: string;
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html#respond-to-load-balancer */
export type AlbResponse = ResponseBase & { readonly statusDescription: string } & (
    | { readonly headers: { readonly [name: string]: string } }
    | { readonly multiValueHeaders: { readonly [name: string]: readonly string[] } }
  );

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html */
export type ApiGatewayResponse = ResponseBase & { readonly headers: { readonly [name: string]: string } };

/** The answer as a load balancer expects it, with headers in the same style as the request's. */
export function albResponse(answer: HttpAnswer, headerStyle: HttpRequest["headerStyle"]): AlbResponse {
  const { headers, ...base } = apiGatewayResponse(answer);
  const statusDescription = `${answer.status} ${STATUS_CODES[answer.status] ?? "Unknown"}`;
  switch (headerStyle) {
    case "single":
      return { ...base, statusDescription, headers };
    case "multi":
      return { ...base, statusDescription, multiValueHeaders: mapValues(headers, (value) => [value]) };
    default:
      return headerStyle satisfies never;
  }
}

/** The answer as an API Gateway REST proxy integration expects it. */
export function apiGatewayResponse(answer: HttpAnswer): ApiGatewayResponse {
  return {
    statusCode: answer.status,
    headers: { "content-type": "application/json", ...answer.headers },
    isBase64Encoded: false,
    body: JSON.stringify(answer.body),
  };
}

function mapValues<A, B>(fields: { readonly [name: string]: A }, convert: (value: A) => B): { [name: string]: B } {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, convert(value)]));
}
