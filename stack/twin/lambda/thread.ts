import { Worker } from "node:worker_threads";
import { createClosing } from "../model/closing.ts";
import { utilizationOf } from "./cpu-gauge.ts";
import { createDeadline, type Deadline } from "./deadline.ts";
import type { EnvironmentPorts, EnvironmentStart } from "./environment-start.ts";
import type { InvokeMessage, ThreadMessage } from "./thread-messages.ts";

export interface LogLine {
  readonly atMs: number;
  readonly message: string;
}

/** The thread of an execution environment, seen from outside. */
export interface Thread {
  post(message: InvokeMessage): void;
  /** The next thing that the thread says or does, or that it has been silent for too long. */
  next(timeoutMs: number): Promise<ThreadEvent>;
  /** False once the thread has ended or is being ended. */
  alive(): boolean;
  /** The lines written since they were last taken. */
  takeLogLines(): LogLine[];
  end(): Promise<void>;
}

export function startThread(start: EnvironmentStart, { clock, cpu, signal }: EnvironmentPorts): Thread {
  let lines: LogLine[] = [];
  let alive = true;
  let receive: (event: ThreadEvent) => void = () => {};
  const ended = createClosing();
  const deadline = createDeadline(clock, ended.signal);
  const worker = new Worker(start.workerFile, {
    workerData: start.thread,
    env: { ...start.variables },
    argv: [],
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: Math.max(start.thread.memoryMiB, SMALLEST_HEAP_MIB) },
  });
  worker.unref();
  const unwatch = cpu.watch(utilizationOf(worker.performance));
  const end = async () => {
    alive = false;
    await worker.terminate();
  };
  const endOnClose = () => void end();
  signal.addEventListener("abort", endOnClose, { once: true });
  worker.on("message", (message: ThreadMessage) => {
    if (message.kind === "log") lines.push({ atMs: clock.nowMs(), message: message.message });
    else receive({ kind: "message", message });
  });
  worker.on("error", (error) => receive({ kind: "over", reason: crashReason(error) }));
  worker.on("exit", (code) => {
    alive = false;
    ended.abort();
    unwatch();
    signal.removeEventListener("abort", endOnClose);
    receive({ kind: "over", reason: exitReason(code) });
  });
  const listen = (to: (event: ThreadEvent) => void) => {
    receive = to;
  };
  return {
    post: (message) => worker.postMessage(message),
    next: (timeoutMs) => nextEvent(listen, timeoutMs, deadline),
    alive: () => alive,
    takeLogLines() {
      const taken = lines;
      lines = [];
      return taken;
    },
    end,
  };
}

/** A thread cannot start in less, whatever the function's memory. */
const SMALLEST_HEAP_MIB = 64;

export type ThreadEvent =
  | { readonly kind: "message"; readonly message: Exclude<ThreadMessage, { kind: "log" }> }
  | { readonly kind: "over"; readonly reason: string }
  | { readonly kind: "timed-out" };

function nextEvent(
  listen: (to: (event: ThreadEvent) => void) => void,
  timeoutMs: number,
  deadline: Deadline,
): Promise<ThreadEvent> {
  return new Promise((resolve) => {
    listen((event) => {
      listen(() => {});
      deadline.clear();
      resolve(event);
    });
    deadline.set(timeoutMs, () => resolve({ kind: "timed-out" }));
  });
}

function exitReason(code: number): string {
  return code === 0 ? "Runtime exited without providing a reason" : `Runtime exited with error: exit status ${code}`;
}

function crashReason(error: unknown): string {
  const code = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return code === "ERR_WORKER_OUT_OF_MEMORY"
    ? "Runtime exited with error: signal: killed"
    : "Runtime exited with error: exit status 1";
}
