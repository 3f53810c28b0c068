import { createServer, type Socket } from "node:net";
import { answerAtMs, type Stalls } from "./stalls.ts";

/** What the bench tells its server, and what the server says in return. */
export type ToServer = { readonly kind: "start"; readonly startMs: number } | { readonly kind: "arrivals" };
export type FromServer =
  | { readonly kind: "listening"; readonly port: number }
  | { readonly kind: "arrivals"; readonly arrivalsMs: readonly number[] };

const ANSWER = Buffer.from(
  'HTTP/1.1 202 Accepted\r\ncontent-type: application/json\r\ncontent-length: 14\r\n\r\n{"accepted":1}',
);

/**
 * The server as a process of its own. Plain sockets, because the answers that a stall has held back must all go out at its end:
 * Node's own HTTP server takes longer for a thousand of them than the bench may be wrong by.
 */
function serve(stalls: Stalls): void {
  const arrivalsMs: number[] = [];
  let startMs = Number.POSITIVE_INFINITY;
  const nowMs = () => performance.timeOrigin + performance.now() - startMs;

  const server = createServer({ noDelay: true }, (socket) => {
    let text = "";
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      for (let end = endOfRequest(text); end !== undefined; end = endOfRequest(text)) {
        text = text.slice(end);
        const atMs = nowMs();
        arrivalsMs.push(atMs);
        answerLater(socket, Number.isFinite(atMs) ? answerAtMs(stalls, atMs) - atMs : 0);
      }
    });
  });
  server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => {
    const address = server.address();
    if (address !== null && typeof address === "object") say({ kind: "listening", port: address.port });
  });
  process.on("message", (message: ToServer) => {
    if (message.kind === "start") startMs = message.startMs;
    else say({ kind: "arrivals", arrivalsMs });
  });
}

function answerLater(socket: Socket, waitMs: number): void {
  setTimeout(() => socket.writable && socket.write(ANSWER), Math.round(waitMs));
}

function endOfRequest(text: string): number | undefined {
  const headEnd = text.indexOf("\r\n\r\n");
  if (headEnd < 0) return undefined;
  const length = Number(/content-length: *([0-9]+)/i.exec(text.slice(0, headEnd))?.[1] ?? 0);
  return text.length >= headEnd + 4 + length ? headEnd + 4 + length : undefined;
}

function say(message: FromServer): void {
  process.send?.(message);
}

serve(JSON.parse(process.argv[2] ?? "{}"));
