import { createServer as createHttpServer } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { createServer, type Socket } from "node:net";
import { type Listener, listen } from "../model/listener.ts";
import type { WireRequest, WireResponse } from "./wire-request.ts";

/** The start of an HTTP/2 connection with prior knowledge (RFC 9113, section 3.4); no HTTP/1.1 method begins so. */
const PREFACE = Buffer.from("PRI * HTTP/2.0");

/** How long a connection may be silent before it has said which version it speaks. */
const SNIFF_TIMEOUT_MS = 10_000;

/** How long an idle HTTP/1.1 connection is kept; longer than clients keep theirs, so that none meets a reset. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000;

/** Listens on one loopback port for HTTP/1.1 and for HTTP/2 with prior knowledge. Port 0 takes any free one. */
export function listenTwoVersions(
  port: number,
  onRequest: (request: WireRequest, response: WireResponse) => void,
): Promise<Listener> {
  const http1 = createHttpServer({ keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS, noDelay: true }, onRequest);
  const http2 = createHttp2Server({}, onRequest);
  http2.on("sessionError", () => undefined);
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on("error", () => socket.destroy());
    sniff(socket, (isHttp2) => (isHttp2 ? http2 : http1).emit("connection", socket));
  });
  return listen(server, port);
}

/** Reads just enough of a connection to tell its version, and puts it back. */
function sniff(socket: Socket, decided: (isHttp2: boolean) => void): void {
  let seen: Buffer = Buffer.alloc(0);
  const timer = setTimeout(() => socket.destroy(), SNIFF_TIMEOUT_MS).unref();
  socket.on("close", () => clearTimeout(timer));
  const look = () => {
    const chunk: Buffer | null = socket.read();
    if (chunk === null) return;
    seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
    const length = Math.min(seen.length, PREFACE.length);
    const couldBeHttp2 = seen.subarray(0, length).equals(PREFACE.subarray(0, length));
    if (couldBeHttp2 && seen.length < PREFACE.length) return;
    clearTimeout(timer);
    socket.removeListener("readable", look);
    socket.unshift(seen);
    decided(couldBeHttp2);
  };
  socket.on("readable", look);
}
