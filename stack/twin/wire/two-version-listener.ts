import { createServer as createHttpServer } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { WireRequest, WireResponse } from "./wire-request.ts";

/** The start of an HTTP/2 connection with prior knowledge (RFC 9113, section 3.4); no HTTP/1.1 method begins so. */
const preface = Buffer.from("PRI * HTTP/2.0");

/** How long a connection may be silent before it has said which version it speaks. */
const sniffTimeoutMs = 10_000;

/** How long an idle HTTP/1.1 connection is kept; longer than clients keep theirs, so that none meets a reset. */
const keepAliveTimeoutMs = 75_000;

export interface Listener {
  readonly port: number;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
}

/** Listens on one loopback port for HTTP/1.1 and for HTTP/2 with prior knowledge. Port 0 takes any free one. */
export async function listenTwoVersions(
  port: number,
  onRequest: (request: WireRequest, response: WireResponse) => void,
): Promise<Listener> {
  const http1 = createHttpServer({ keepAliveTimeout: keepAliveTimeoutMs, noDelay: true }, onRequest);
  const http2 = createHttp2Server({}, onRequest);
  http2.on("sessionError", () => undefined);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    sniff(socket, (isHttp2) => (isHttp2 ? http2 : http1).emit("connection", socket));
  });
  await listen(server, port);
  return {
    port: portOf(server),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Reads just enough of a connection to tell its version, and puts it back. */
function sniff(socket: Socket, decided: (isHttp2: boolean) => void): void {
  let seen: Buffer = Buffer.alloc(0);
  const timer = setTimeout(() => socket.destroy(), sniffTimeoutMs).unref();
  socket.on("close", () => clearTimeout(timer));
  const look = () => {
    const chunk: Buffer | null = socket.read();
    if (chunk === null) return;
    seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
    const length = Math.min(seen.length, preface.length);
    const couldBeHttp2 = seen.subarray(0, length).equals(preface.subarray(0, length));
    if (couldBeHttp2 && seen.length < preface.length) return;
    clearTimeout(timer);
    socket.removeListener("readable", look);
    socket.unshift(seen);
    decided(couldBeHttp2);
  };
  socket.on("readable", look);
}

export function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
}

/** The port that a server got; a server that listens on a pipe has none, which cannot be here. */
export function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no TCP port.");
  return address.port;
}
