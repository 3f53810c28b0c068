import { ANSWER_BYTES } from "./outcome.ts";

/** Past this, an answer is cut off: the connection is worth less than the bytes. */
const DRAIN_BYTES = 1024 * 1024;

/**
 * Reads an answer to its end, so that the connection can serve the next request, and returns its first kilobyte as text.
 * Rejects where the connection breaks before the end.
 */
export async function readAnswer(body: AsyncIterable<Uint8Array>): Promise<string> {
  const kept: Uint8Array[] = [];
  let keptBytes = 0;
  let readBytes = 0;
  for await (const chunk of body) {
    if (keptBytes < ANSWER_BYTES) {
      const part = chunk.subarray(0, ANSWER_BYTES - keptBytes);
      kept.push(part);
      keptBytes += part.byteLength;
    }
    readBytes += chunk.byteLength;
    if (readBytes > DRAIN_BYTES) break;
  }
  return Buffer.concat(kept).toString("utf8");
}
