import { parentPort, workerData } from "node:worker_threads";
import { createOpenSocket } from "./open-socket.ts";
import { buffersOf } from "./second-columns.ts";
import { SendingThread } from "./sending-thread.ts";
import type { FromThread, ThreadStart, ToThread } from "./thread-messages.ts";

/** A sender thread: `load-sender.ts` starts it from the bundle and speaks to it in messages. */
const start: ThreadStart = workerData;
const port = parentPort;
if (port === null) throw new Error("worker.ts runs as a thread of load-sender.ts only");

const [seconds, nanoseconds] = process.hrtime(start.clock.hrtime);
const offsetMs = start.clock.epochMs + seconds * 1000 + nanoseconds / 1e6 - performance.now();

const thread = new SendingThread(start, {
  nowMs: () => performance.now() + offsetMs,
  open: createOpenSocket(start.peer),
  post: (message: FromThread) => {
    const columns = message.kind === "second" ? message.columns : null;
    port.postMessage(message, columns === null ? [] : buffersOf(columns));
  },
});
port.on("message", (message: ToThread) => thread.take(message));
