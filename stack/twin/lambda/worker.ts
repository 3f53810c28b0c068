/**
 * The entry of an execution environment's thread: loads the handler once, then runs one invocation at a time. It is
 * bundled into a file of its own, because a thread starts from a file.
 */
import { getHeapStatistics } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import { captureConsole } from "./runtime/capture-console.ts";
import { RuntimeError, toFunctionError, toLogText } from "./runtime/function-error.ts";
import { runHandler } from "./runtime/invocation.ts";
import { type Handler, loadHandler } from "./runtime/load-handler.ts";
import type { InvokeMessage, ThreadMessage, ThreadOutcome, ThreadStart } from "./thread-messages.ts";

const BYTES_PER_MIB = 1024 * 1024;
/** Exit codes of Lambda's Node.js runtime. */
const UNHANDLED_REJECTION_EXIT_CODE = 128;
const UNCAUGHT_EXCEPTION_EXIT_CODE = 129;

if (parentPort !== null) void run(parentPort, workerData);

async function run(port: NonNullable<typeof parentPort>, start: ThreadStart): Promise<void> {
  const send = (message: ThreadMessage) => port.postMessage(message);
  let current: { readonly message: InvokeMessage; readonly startedMs: number } | undefined;
  let whenEmpty: (() => void) | undefined;

  process.cwd = () => start.taskRoot;
  const logError = captureConsole(
    (message) => send({ kind: "log", message }),
    () => current?.message.requestId,
  );
  const loop = {
    whenEmpty: (then: (() => void) | undefined) => {
      whenEmpty = then;
    },
  };
  process.on("beforeExit", () => {
    port.ref();
    const then = whenEmpty;
    whenEmpty = undefined;
    then?.();
  });
  const answer = (outcome: ThreadOutcome, threadEnds: boolean) => {
    if (current === undefined) return;
    const { message, startedMs } = current;
    const durationMs = performance.now() - startedMs;
    current = undefined;
    port.ref();
    const { requestId } = message;
    send({ kind: "done", requestId, outcome, durationMs, memoryUsedMiB: memoryUsedMiB(), threadEnds });
  };
  const settle = (outcome: ThreadOutcome, thrown?: unknown) => {
    if (outcome.kind === "failed") logError("Invoke Error", toLogText(thrown));
    answer(outcome, false);
  };
  const die = (title: string, thrown: unknown, exitCode: number) => {
    logError(title, toLogText(thrown));
    const error = toFunctionError(thrown);
    if (current === undefined) send({ kind: "init-failed", error });
    else answer({ kind: "failed", error }, true);
    process.exit(exitCode);
  };
  dieOfFatalErrors(die);
  let handler: Handler;
  try {
    handler = await loadHandler(start.taskRoot, start.handler);
  } catch (thrown) {
    logError("Uncaught Exception", toLogText(thrown));
    send({ kind: "init-failed", error: toFunctionError(thrown) });
    return;
  }
  port.on("message", (message: InvokeMessage) => {
    current = { message, startedMs: performance.now() };
    // Only the handler's own work may keep the event loop alive, else it would never be seen empty.
    port.unref();
    runHandler(handler, start, message, loop, settle);
  });
  send({ kind: "ready" });
}

/** An error that nobody caught ends the thread, as it ends Lambda's runtime. */
function dieOfFatalErrors(die: (title: string, thrown: unknown, exitCode: number) => void): void {
  process.on("uncaughtException", (thrown) => die("Uncaught Exception", thrown, UNCAUGHT_EXCEPTION_EXIT_CODE));
  process.on("unhandledRejection", (reason) => {
    const text = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
    const error = new RuntimeError("Runtime.UnhandledPromiseRejection", text);
    die("Unhandled Promise Rejection", error, UNHANDLED_REJECTION_EXIT_CODE);
  });
}

function memoryUsedMiB(): number {
  const { used_heap_size, external_memory } = getHeapStatistics();
  return Math.ceil((used_heap_size + external_memory) / BYTES_PER_MIB);
}
