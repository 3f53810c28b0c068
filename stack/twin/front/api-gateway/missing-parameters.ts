import { type ApiRequest, header } from "./api-request.ts";
import type { FoundMethod } from "./find-method.ts";

/**
 * The required parameters that a request leaves out or blank, by their names, where the method's validator looks at parameters. Only
 * their presence counts, neither type nor format.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export function missingParameters(request: ApiRequest, { method, pathParameters }: FoundMethod): readonly string[] {
  if (method.validator?.validatesParameters !== true) return [];
  const query = new URLSearchParams(request.query);
  return method.requiredParameters.flatMap((parameter) => {
    // `method.request.querystring.page`
    const [, , location = "", ...rest] = parameter.split(".");
    const name = rest.join(".");
    const value =
      location === "querystring"
        ? query.get(name)
        : location === "header"
          ? headerOf(request, name.toLowerCase())
          : pathParameters?.[name];
    return (value ?? "").trim() === "" ? [name] : [];
  });
}

/** The length of a body is not among the headers that an event shows, but the client has sent it. */
function headerOf(request: ApiRequest, name: string): string | undefined {
  if (name === "content-length" && request.body.byteLength > 0) return String(request.body.byteLength);
  return header(request, name);
}
