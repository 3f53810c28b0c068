import { createHash } from "node:crypto";
import { type Unchunked, unchunk } from "./aws-chunked.ts";
import { checksumAlgorithms } from "./checksums.ts";
import { s3Errors } from "./s3-error.ts";
import type { S3Request } from "./s3-request.ts";

export interface Upload {
  readonly body: Uint8Array;
  /** Those that the client gave and that hold, by algorithm. */
  readonly checksums: Readonly<Record<string, string>>;
}

/** Reads a body within the bound; what is too large is read to its end, so that the client hears the answer. */
export async function readBody(request: S3Request, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.body) {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
  }
  if (bytes > maxBytes) throw s3Errors.entityTooLarge(maxBytes);
  return Buffer.concat(chunks);
}

/**
 * Reads what is to be stored: takes `aws-chunked` off and holds the body against Content-MD5 and every checksum given as
 * header or trailer.
 */
export async function readUpload(request: S3Request, maxBytes: number): Promise<Upload> {
  const raw = await readBody(request, maxBytes);
  const isChunked =
    (request.header("x-amz-content-sha256") ?? "").startsWith("STREAMING-") ||
    (request.header("content-encoding") ?? "").split(",").some((each) => each.trim() === "aws-chunked");
  const { body, trailers }: Unchunked = isChunked ? unchunk(raw) : { body: raw, trailers: {} };
  const md5 = request.header("content-md5");
  if (md5 !== undefined && createHash("md5").update(body).digest("base64") !== md5)
    throw s3Errors.badDigest("Content-MD5");
  const checksums: Record<string, string> = {};
  for (const [algorithm, compute] of Object.entries(checksumAlgorithms)) {
    const name = `x-amz-checksum-${algorithm}`;
    const given = trailers[name] ?? request.header(name);
    if (given === undefined) continue;
    if (compute(body) !== given) throw s3Errors.badDigest(`${algorithm.toUpperCase()} checksum`);
    checksums[algorithm] = given;
  }
  return { body, checksums };
}
