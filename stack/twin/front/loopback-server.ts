import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { type Listener, listen } from "../model/listener.ts";

/** AWS' front doors keep an idle connection for a minute. */
const KEEP_ALIVE_MS = 60_000;

/** Starts a server on a free port of loopback. */
export function listenOnLoopback(
  handle: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>,
): Promise<Listener> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  });
  return listen(server);
}

/**
 * A port on which nothing is ever answered. AWS drops packets that a security group or a route keeps out, and the
 * client's connection times out; on loopback, where connecting cannot hang, this is the nearest to it.
 */
export function listenSilently(): Promise<Listener> {
  return listen(createTcpServer((socket) => socket.on("error", () => {}).resume()));
}

/** Reads a body up to one byte more than `maxBytes`, so that a longer one shows; the rest is passed over. Rejects when the client goes away. */
export async function readBodyUpTo(incoming: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  await new Promise<void>((resolve, reject) => {
    incoming.on("data", (chunk: Uint8Array) => {
      if (bytes > maxBytes) return;
      chunks.push(chunk);
      bytes += chunk.byteLength;
      if (bytes > maxBytes) resolve();
    });
    incoming.once("end", resolve);
    incoming.once("error", reject);
    incoming.once("close", () => (incoming.complete ? resolve() : reject(new Error("the client went away"))));
  });
  return Buffer.concat(chunks).subarray(0, maxBytes + 1);
}
