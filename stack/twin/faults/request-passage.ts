import { createHash } from "node:crypto";

/** A longer body is told apart by its digest. */
const MAXIMUM_BODY_BYTES = 1024;

/** What tells one request from others at a front door: its line, and its body, which names the event. */
export function requestPassage(method: string, path: string, body: Uint8Array): string {
  if (body.byteLength === 0) return `${method} ${path}`;
  if (body.byteLength <= MAXIMUM_BODY_BYTES) return `${method} ${path} ${Buffer.from(body).toString("utf8")}`;
  return `${method} ${path} sha256 ${createHash("sha256").update(body).digest("hex")}`;
}
