import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";

/** One request as it came over the wire, and the socket to answer it on, byte by byte. */
export interface RawExchange {
  /** From 0, in the order of coming. */
  readonly index: number;
  /** From 0, in the order of opening. */
  readonly connection: number;
  readonly head: string;
  readonly body: string;
  readonly socket: Socket;
}

export interface RawServer {
  readonly port: number;
  readonly requests: readonly RawExchange[];
  readonly connections: () => number;
  close(): Promise<void>;
}

/** A server that answers as badly as a test wants. `onConnection` may break the connection before any request. */
export async function startRawServer(
  respond: (exchange: RawExchange) => void,
  options: {
    readonly tls?: { readonly key: string; readonly cert: string };
    readonly onConnection?: (socket: Socket) => void;
  } = {},
): Promise<RawServer> {
  const requests: RawExchange[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const accept = (socket: Socket) => {
    const connection = connections++;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    options.onConnection?.(socket);
    let text = "";
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
      for (let end = endOfRequest(text); end !== undefined; end = endOfRequest(text)) {
        const [head = "", body = ""] = splitHead(text.slice(0, end));
        text = text.slice(end);
        const exchange = { index: requests.length, connection, head, body, socket };
        requests.push(exchange);
        respond(exchange);
      }
    });
  };
  const server: Server = options.tls === undefined ? createServer(accept) : createTlsServer(options.tls, accept);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the test server has no port");
  return {
    port: address.port,
    requests,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function splitHead(text: string): string[] {
  const end = text.indexOf("\r\n\r\n");
  return [text.slice(0, end), text.slice(end + 4)];
}

function endOfRequest(text: string): number | undefined {
  const headEnd = text.indexOf("\r\n\r\n");
  if (headEnd < 0) return undefined;
  const length = Number(/content-length: ([0-9]+)/i.exec(text.slice(0, headEnd))?.[1] ?? 0);
  const end = headEnd + 4 + length;
  return text.length >= end ? end : undefined;
}
