import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import type { Principal } from "./ports.ts";

/** One AWS API call, read off the wire by a protocol and not yet authorized. */
export interface ServiceCall {
  /** Signing name, for example `kinesis`, `monitoring`, `logs`, `s3`, `sts`. */
  readonly service: string;
  /** Operation, for example `PutRecords`. */
  readonly operation: string;
  /** Parsed input: the JSON body of the JSON protocols, or the parameters of the Query protocol. */
  readonly input: unknown;
  readonly principal: Principal;
  /** Whether the call stands for TLS in AWS (see the README: the SDK endpoint is plain HTTP on loopback but stands for TLS). */
  readonly secureTransport: boolean;
}

export type ServiceAnswer =
  | { readonly kind: "ok"; readonly output: unknown }
  | {
      readonly kind: "error";
      readonly status: number;
      /** The service's own error code, for example `ResourceNotFoundException`. */
      readonly code: string;
      readonly message: string;
    };

/** One AWS service of the twin: its operations, by name. An absent operation is counted as not implemented. */
export interface Service {
  readonly name: string;
  readonly operations: Readonly<Record<string, (call: ServiceCall) => Promise<ServiceAnswer> | ServiceAnswer>>;
}

/** One HTTP request of a service that parses REST itself (S3, and later API Gateway's and Lambda's control planes). */
export interface RestRequest {
  readonly method: string;
  /** Path and query as they came, still percent-encoded. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<IncomingHttpHeaders>;
  /** The request's body, not yet read; must be consumed or destroyed. */
  readonly body: Readable;
}

/** The caller as the signature's access key names it: undefined is an anonymous request. */
export interface RestContext {
  readonly principal: Principal | undefined;
  readonly secureTransport: boolean;
  readonly requestId: string;
}

export interface RestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | Readable;
}

/**
 * A service that reads and writes its own HTTP: the wire hands it what no JSON, CBOR or Query protocol claims. A
 * value in and a value out (rather than Node's request and response) so that it serves HTTP/1.1, HTTP/2, plain and TLS
 * alike, and is tested without a socket.
 */
export interface RestService {
  /** Signing name, for example `s3`. */
  readonly name: string;
  /** Whether an unsigned request belongs to this service (by host or path). Signed ones are routed by signing name. */
  matches(request: RestRequest): boolean;
  /** Answers every request, its own errors included; a rejection is answered with a 500 and reported on standard error. */
  handle(request: RestRequest, context: RestContext): Promise<RestAnswer>;
}
