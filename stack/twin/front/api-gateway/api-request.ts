/** A request to a stage of a REST API, its body read. */
export interface ApiRequest {
  readonly method: string;
  /** Path without the stage, still percent-encoded, for example `/process`. */
  readonly path: string;
  /** Query still percent-encoded, without the question mark. */
  readonly query: string;
  /** Names as the client wrote them, every value that came. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Uint8Array;
  readonly host: string;
  readonly clientIp: string;
  readonly requestId: string;
  /** Goes back as x-amz-apigw-id. */
  readonly extendedRequestId: string;
  readonly atMs: number;
  readonly protocol: string;
}

/** The first value of a header, whatever the case of its name. */
export function header(request: ApiRequest, name: string): string | undefined {
  for (const [given, values] of request.headers) if (given.toLowerCase() === name) return values[0];
  return undefined;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | Uint8Array;
}
