import { s3Errors } from "./s3-error.ts";

export interface Unchunked {
  readonly body: Uint8Array;
  /** Trailing headers, names in lower case. */
  readonly trailers: Readonly<Record<string, string>>;
}

const LINE_END = Buffer.from("\r\n");

/**
 * Takes `aws-chunked` encoding off a body: `<hex size>[;chunk-signature=…]\r\n<data>\r\n`, a chunk of size 0, then trailers
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html). Signatures are not checked.
 */
export function unchunk(encoded: Buffer): Unchunked {
  const chunks: Uint8Array[] = [];
  let at = 0;
  const line = (): string => {
    const end = encoded.indexOf(LINE_END, at);
    if (end < 0) throw incomplete();
    const text = encoded.toString("latin1", at, end);
    at = end + LINE_END.length;
    return text;
  };
  for (;;) {
    const sizeBytes = Number.parseInt(line(), 16);
    if (!Number.isInteger(sizeBytes)) throw incomplete();
    if (sizeBytes === 0) break;
    if (at + sizeBytes > encoded.length) throw incomplete();
    chunks.push(encoded.subarray(at, at + sizeBytes));
    at += sizeBytes + LINE_END.length;
  }
  const trailers: Record<string, string> = {};
  while (at < encoded.length) {
    const [name = "", ...value] = line().split(":");
    if (name !== "") trailers[name.trim().toLowerCase()] = value.join(":").trim();
  }
  return { body: Buffer.concat(chunks), trailers };
}

function incomplete() {
  return s3Errors.invalidRequest("The request body terminated unexpectedly: its aws-chunked encoding is incomplete");
}
