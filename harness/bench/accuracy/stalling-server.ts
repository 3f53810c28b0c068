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

  const queue = createAnswerQueue(nowMs);
  const server = createServer({ noDelay: true }, (socket) => {
    let text = "";
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      for (let end = endOfRequest(text); end !== undefined; end = endOfRequest(text)) {
        text = text.slice(end);
        const atMs = nowMs();
        arrivalsMs.push(atMs);
        queue.add(socket, Number.isFinite(atMs) ? answerAtMs(stalls, atMs) : atMs);
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

/** Answers at one go before requests that came meanwhile are read, so that their arrival is seen when it happens. */
const MOST_AT_ONCE = 16;

/** Timers tick once a millisecond: answering up to half of one early keeps the delay right on average. */
const HALF_TICK_MS = 0.5;

/** Answers in the order of coming, which is that of being due. */
function createAnswerQueue(nowMs: () => number) {
  let waiting: { readonly socket: Socket; readonly dueMs: number }[] = [];
  let next = 0;
  let isAwake = false;
  const wake = () => {
    const until = Math.min(waiting.length, next + MOST_AT_ONCE);
    for (
      let first = waiting[next];
      first !== undefined && first.dueMs <= nowMs() + HALF_TICK_MS;
      first = waiting[next]
    ) {
      if (next === until) {
        setImmediate(wake);
        return;
      }
      if (first.socket.writable) first.socket.write(ANSWER);
      next += 1;
    }
    isAwake = next < waiting.length;
    if (isAwake) setTimeout(wake, 1);
    else [waiting, next] = [[], 0];
  };
  return {
    add(socket: Socket, dueMs: number): void {
      waiting.push({ socket, dueMs });
      if (isAwake) return;
      isAwake = true;
      setTimeout(wake, 1);
    },
  };
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
