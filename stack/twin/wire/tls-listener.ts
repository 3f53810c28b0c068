import { createServer as createHttpsServer, type Server as HttpsServer } from "node:https";
import { createServer } from "node:net";
import { type Listener, listen } from "../model/listener.ts";
import type { WireRequest, WireResponse } from "./wire-request.ts";

/** A certificate and its key, PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/**
 * Listens for HTTPS on a loopback port. The certificate is made when the first connection comes, so that a boot that
 * nobody speaks TLS to does not pay for it.
 */
export function listenTls(
  port: number,
  certificate: () => Promise<Certificate>,
  onRequest: (request: WireRequest, response: WireResponse) => void,
  report: (problem: string) => void,
): Promise<Listener> {
  let secured: Promise<HttpsServer> | undefined;
  const secureServer = async () => createHttpsServer({ ...(await certificate()) }, onRequest);
  const server = createServer({ noDelay: true, pauseOnConnect: true }, (socket) => {
    socket.on("error", () => socket.destroy());
    secured ??= secureServer();
    secured.then(
      (https) => https.emit("connection", socket),
      (cause: unknown) => {
        report(`no certificate could be made: ${cause instanceof Error ? cause.stack : String(cause)}`);
        socket.destroy();
      },
    );
  });
  return listen(server, port);
}
