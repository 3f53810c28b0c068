import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";

export interface TlsFiles {
  readonly key: string;
  readonly cert: string;
}

/** A server on a port of its own at 127.0.0.1. */
export interface LoopbackServer {
  readonly port: number;
  /** Closes every connection, idle or not. */
  close(): Promise<void>;
}

/** AWS' front doors keep an idle connection for a minute. */
const keepAliveMs = 60_000;

/** Starts a server on a free port of loopback; over TLS where files for it are given. */
export async function listenOnLoopback(
  handle: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>,
  tls?: TlsFiles,
): Promise<LoopbackServer> {
  const onRequest = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  };
  const server: Server =
    tls === undefined ? createServer(onRequest) : createTlsServer({ key: tls.key, cert: tls.cert }, onRequest);
  server.keepAliveTimeout = keepAliveMs;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: portOf(server.address()),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * A port on which nothing is ever answered. AWS drops packets that a security group or a route keeps out, and the
 * client's connection times out; on loopback, where connecting cannot hang, this is the nearest to it.
 */
export async function listenSilently(): Promise<LoopbackServer> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    socket.resume();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: portOf(server.address()),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === "string") throw new Error("a loopback server listens on no port");
  return address.port;
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
