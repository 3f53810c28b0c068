import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { messageOf } from "../model/text.ts";
import type { WireRequest } from "./wire-request.ts";

/** The largest body that a JSON, CBOR or Query call may have: DynamoDB's 16 MB is the largest of the services'. */
export const MAXIMUM_BODY_BYTES = 16 * 1024 * 1024;

const unzip = promisify(gunzip);

type BodyResult =
  | { readonly kind: "body"; readonly bytes: Buffer }
  | { readonly kind: "too-large" }
  | { readonly kind: "undecodable"; readonly reason: string }
  | { readonly kind: "aborted" };

/** Reads a whole body within the bound, unzipping it where the client has zipped it (CloudWatch's SDK client does). */
export async function readBody(request: WireRequest): Promise<BodyResult> {
  const raw = await collect(request);
  if (raw.kind !== "body") return raw;
  const encoding = request.headers["content-encoding"];
  if (encoding === undefined || encoding === "identity" || encoding === "aws-chunked") return raw;
  if (encoding !== "gzip") return { kind: "undecodable", reason: `content encoding ${encoding}` };
  try {
    return { kind: "body", bytes: await unzip(raw.bytes, { maxOutputLength: MAXIMUM_BODY_BYTES }) };
  } catch (cause) {
    return { kind: "undecodable", reason: messageOf(cause) };
  }
}

function collect(request: WireRequest): Promise<BodyResult> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    request.on("data", (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes > MAXIMUM_BODY_BYTES) {
        request.removeAllListeners("data");
        request.resume();
        return resolve({ kind: "too-large" });
      }
      chunks.push(chunk);
    });
    request.on("end", () => {
      const [only] = chunks;
      const bytes = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, sizeBytes);
      resolve({ kind: "body", bytes });
    });
    request.on("close", () => resolve({ kind: "aborted" }));
    request.on("error", () => resolve({ kind: "aborted" }));
  });
}
