import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** A request of either HTTP version, as Node's servers hand it over. */
export type WireRequest = IncomingMessage | Http2ServerRequest;
export type WireResponse = ServerResponse | Http2ServerResponse;

/** What goes back over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | Readable;
}

/** Writes an answer; a stream keeps to the reader's pace. Resolves when it is handed over or the caller has gone. */
export async function writeAnswer(response: WireResponse, answer: WireAnswer): Promise<void> {
  if (response.writableEnded || response.destroyed) {
    if (answer.body instanceof Readable) answer.body.destroy();
    return;
  }
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  if (answer.body instanceof Readable) return pipeline(answer.body, response);
  if (!response.hasHeader("content-length") && answer.status !== 204) {
    response.setHeader("content-length", Buffer.byteLength(answer.body));
  }
  response.end(answer.body);
}
