import { randomUUID } from "node:crypto";
import type { Identities, Principal, UnimplementedCounter } from "../model/ports.ts";
import type { RestRequest, RestService, Service, ServiceAnswer } from "../model/service.ts";
import { type SignedBy, signedBy } from "./credentials.ts";
import { cborProtocol } from "./protocols/cbor.ts";
import { ec2QueryProtocol } from "./protocols/ec2-query.ts";
import { jsonProtocol } from "./protocols/json.ts";
import { type Protocol, SerializationError } from "./protocols/protocol.ts";
import { queryProtocol } from "./protocols/query.ts";
import { readBody } from "./read-body.ts";
import { type Route, routeOf } from "./route.ts";
import { type WireAnswer, type WireRequest, type WireResponse, writeAnswer } from "./wire-request.ts";

/** What a port serves, and how it judges who calls. */
export interface GatewayParts {
  /** By their signing names. Services may be added while the port is open. */
  readonly services: ReadonlyMap<string, Service | RestService>;
  readonly identities: Identities;
  readonly unimplemented: UnimplementedCounter;
  /** The answer to `GET /_twin/status`. */
  readonly status: () => unknown;
  /** Whether calls that come in here stand for TLS in AWS. */
  readonly secureTransport: boolean;
  /** Takes what must not go unnoticed, for standard error. */
  readonly report: (problem: string) => void;
}

type Call = Exclude<Route, { kind: "rest" } | { kind: "status" }>;
type ErrorAnswer = Extract<ServiceAnswer, { kind: "error" }>;

const json10 = jsonProtocol("1.0");
const json11 = jsonProtocol("1.1");

/** Answers the requests of one port: tells the service from the head, and lets the protocol and the service do the rest. */
export function gateway(parts: GatewayParts): (request: WireRequest, response: WireResponse) => void {
  return (request, response) => {
    const requestId = randomUUID();
    answer(parts, request, requestId)
      .catch((cause: unknown) => {
        parts.report(`${request.method} ${request.url}: ${cause instanceof Error ? cause.stack : String(cause)}`);
        return internalFailure(requestId);
      })
      .then((wireAnswer) => (wireAnswer === undefined ? undefined : writeAnswer(response, wireAnswer)))
      .catch(() => response.destroy());
  };
}

async function answer(parts: GatewayParts, request: WireRequest, requestId: string): Promise<WireAnswer | undefined> {
  const url = request.url ?? "/";
  const signer = signedBy(request.headers, url);
  const route = routeOf(request.method ?? "GET", url, request.headers, signer);
  switch (route.kind) {
    case "status":
      return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(parts.status()) };
    case "rest":
      return answerRest(parts, request, route.service, signer, requestId);
    case "json":
    case "cbor":
    case "query":
      return answerCall(parts, request, route, signer, requestId);
    default:
      return route satisfies never;
  }
}

async function answerCall(
  parts: GatewayParts,
  request: WireRequest,
  route: Call,
  signer: SignedBy | undefined,
  requestId: string,
): Promise<WireAnswer | undefined> {
  const protocol = protocolOf(route);
  const named = route.kind === "query" ? "" : route.operation;
  const body = await readBody(request);
  if (body.kind === "aborted") return undefined;
  if (body.kind === "too-large") return protocol.write(TOO_LARGE, route.service, named, requestId);
  if (body.kind === "undecodable") return protocol.write(unreadable(body.reason), route.service, named, requestId);
  let input: unknown;
  try {
    input = protocol.read(formOf(request, route, body.bytes));
  } catch (cause) {
    if (!(cause instanceof SerializationError)) throw cause;
    return protocol.write(unreadable(cause.message), route.service, named, requestId);
  }
  const operation = route.kind === "query" ? actionOf(input) : route.operation;
  const principal = principalOf(parts.identities, signer, route.kind === "query");
  if ("code" in principal) return protocol.write(principal, route.service, operation, requestId);
  const service = parts.services.get(route.service);
  const run =
    service !== undefined && "operations" in service && Object.hasOwn(service.operations, operation)
      ? service.operations[operation]
      : undefined;
  if (run === undefined) {
    parts.unimplemented.count(route.service, operation);
    return protocol.write(protocol.unknownOperation(route.service, operation), route.service, operation, requestId);
  }
  const { secureTransport } = parts;
  const result = await run({ service: route.service, operation, input, principal, secureTransport });
  return protocol.write(result, route.service, operation, requestId);
}

async function answerRest(
  parts: GatewayParts,
  request: WireRequest,
  signingName: string | undefined,
  signer: SignedBy | undefined,
  requestId: string,
): Promise<WireAnswer> {
  const rest = restRequest(request);
  const service = restServiceOf(parts, signingName, rest);
  if (service === undefined) {
    request.resume();
    const path = rest.url.split("?", 1)[0] ?? rest.url;
    parts.unimplemented.count(signingName ?? "unknown", `${rest.method} ${path.slice(0, 200)}`);
    const message = `The twin does not implement ${rest.method} ${path} of ${signingName ?? "an unsigned service"}.`;
    const headers = { "content-type": "application/json", "x-amzn-errortype": "UnknownOperationException" };
    return { status: 404, headers: { ...headers, "x-amzn-requestid": requestId }, body: JSON.stringify({ message }) };
  }
  const principal = signer === undefined ? undefined : parts.identities.principalOf(signer.accessKeyId);
  return service.handle(rest, { principal, secureTransport: parts.secureTransport, requestId });
}

/** The REST service that a request is signed for or, unsigned, that knows it as its own. */
function restServiceOf({ services }: GatewayParts, signingName: string | undefined, rest: RestRequest) {
  for (const service of services.values()) {
    if (!("handle" in service)) continue;
    if (signingName === undefined ? service.matches(rest) : service.name === signingName) return service;
  }
  return undefined;
}

/** HTTP/2 carries the host as `:authority`; services look for it under its HTTP/1.1 name. */
function restRequest(request: WireRequest): RestRequest {
  const authority = "authority" in request ? request.authority : undefined;
  const headers = authority === undefined ? request.headers : { host: authority, ...request.headers };
  return { method: request.method ?? "GET", url: request.url ?? "/", headers, body: request };
}

function protocolOf(route: Call): Protocol {
  switch (route.kind) {
    case "json":
      return route.version === "1.0" ? json10 : json11;
    case "cbor":
      return cborProtocol;
    case "query":
      return route.service === "ec2" ? ec2QueryProtocol : queryProtocol;
    default:
      return route satisfies never;
  }
}

/** A Query call may come as GET; its form is then in the URL. */
function formOf(request: WireRequest, route: Call, body: Buffer): Buffer {
  if (route.kind !== "query" || request.method !== "GET") return body;
  return Buffer.from(request.url?.split("?").slice(1).join("?") ?? "");
}

function actionOf(input: unknown): string {
  const action = typeof input === "object" && input !== null && "Action" in input ? input.Action : "";
  return typeof action === "string" ? action : "";
}

function principalOf(identities: Identities, signer: SignedBy | undefined, isQuery: boolean): Principal | ErrorAnswer {
  if (signer === undefined) {
    return {
      kind: "error",
      status: isQuery ? 403 : 400,
      code: isQuery ? "MissingAuthenticationToken" : "MissingAuthenticationTokenException",
      message: "Request is missing Authentication Token",
    };
  }
  return (
    identities.principalOf(signer.accessKeyId) ?? {
      kind: "error",
      status: isQuery ? 403 : 400,
      code: isQuery ? "InvalidClientTokenId" : "UnrecognizedClientException",
      message: "The security token included in the request is invalid.",
    }
  );
}

const TOO_LARGE: ErrorAnswer = {
  kind: "error",
  status: 413,
  code: "RequestEntityTooLarge",
  message: "The request body is larger than the service takes.",
};

function unreadable(reason: string): ErrorAnswer {
  return { kind: "error", status: 400, code: "SerializationException", message: `The body cannot be read: ${reason}` };
}

function internalFailure(requestId: string): WireAnswer {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": "InternalFailure" };
  const body = JSON.stringify({ __type: "InternalFailure", message: "The twin failed; standard error says where." });
  return { status: 500, headers: { ...headers, "x-amzn-requestid": requestId }, body };
}
