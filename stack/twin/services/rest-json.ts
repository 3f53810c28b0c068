import type { UnimplementedCounter } from "../model/ports.ts";
import type { RestAnswer, RestContext, RestRequest, RestService, Service, ServiceAnswer } from "../model/service.ts";
import { percentDecoded, splitOnce } from "../model/text.ts";
import { failed } from "./answer.ts";

/** Which operation a method and path stand for: `/restapis/{restApiId}/stages/{stageName}`. */
export interface RestRoute {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly operation: string;
}

/** The body of an error answer: services differ in the letter that `message` begins with. */
type ErrorBody = (message: string) => Readonly<Record<string, unknown>>;

/**
 * REST-JSON: the operation in method and path, parameters in path and query, JSON out. The operations themselves are a
 * `Service` like any other's; their input is the parameters by name, texts or, where one is repeated, lists of texts.
 * https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 */
export function restJsonService(
  service: Service,
  routes: readonly RestRoute[],
  unimplemented: UnimplementedCounter,
  errorBody: ErrorBody,
): RestService {
  const matchers = routes.map((route) => ({ ...route, segments: route.path.split("/") }));
  const answer = async (request: RestRequest, context: RestContext): Promise<ServiceAnswer> => {
    const [path = "/", query = ""] = splitOnce(request.url, "?");
    const segments = path.replace(/(?<=.)\/+$/, "").split("/");
    const { principal, secureTransport } = context;
    if (principal === undefined) {
      return failed("UnrecognizedClientException", "The security token included in the request is invalid.", 403);
    }
    for (const { method, operation, segments: pattern } of matchers) {
      const parameters = method === request.method ? pathParameters(pattern, segments) : undefined;
      const run = parameters === undefined ? undefined : service.operations[operation];
      if (run === undefined) continue;
      const input = { ...queryParameters(query), ...parameters };
      return run({ service: service.name, operation, input, principal, secureTransport });
    }
    unimplemented.count(service.name, `${request.method} ${path.slice(0, 200)}`);
    const message = `The twin does not implement ${request.method} ${path} of ${service.name}.`;
    return failed("UnknownOperationException", message, 404);
  };
  return {
    name: service.name,
    matches: ({ headers }) => headers.host?.startsWith(`${service.name}.`) === true,
    async handle(request, context) {
      request.body.resume();
      return written(await answer(request, context), context.requestId, errorBody);
    },
  };
}

function written(answer: ServiceAnswer, requestId: string, errorBody: ErrorBody): RestAnswer {
  const headers = { "content-type": "application/json", "x-amzn-requestid": requestId };
  if (answer.kind === "ok") return { status: 200, headers, body: JSON.stringify(answer.output ?? {}) };
  const body = JSON.stringify(errorBody(answer.message));
  return { status: answer.status, headers: { ...headers, "x-amzn-errortype": answer.code }, body };
}

function pathParameters(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = percentDecoded(segments[index] ?? "");
    const name = /^\{(.+)\}$/.exec(expected)?.[1];
    if (name === undefined ? segment !== expected : segment === "") return undefined;
    if (name !== undefined) parameters[name] = segment;
  }
  return parameters;
}

function queryParameters(query: string): Record<string, string | string[]> {
  const parameters: Record<string, string | string[]> = {};
  const form = new URLSearchParams(query);
  for (const name of new Set(form.keys())) {
    const [first = "", ...others] = form.getAll(name);
    parameters[name] = others.length === 0 ? first : [first, ...others];
  }
  return parameters;
}
