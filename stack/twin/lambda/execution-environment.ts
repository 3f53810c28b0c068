import type { Clock } from "../model/ports.ts";
import type { EnvironmentPorts, EnvironmentStart } from "./environment-start.ts";
import { type LogLine, startThread, type Thread, type ThreadEvent } from "./thread.ts";
import type { FunctionError, ThreadOutcome } from "./thread-messages.ts";

export type { LogLine } from "./thread.ts";

export type EnvironmentOutcome =
  | (ThreadOutcome & { readonly durationMs: number; readonly memoryUsedMiB: number })
  | { readonly kind: "timed-out" }
  /** The thread ended by itself: `process.exit`, out of memory, a crash. */
  | { readonly kind: "exited"; readonly reason: string; readonly durationMs: number };

/** One execution environment: a thread that runs one invocation at a time and stays warm between them. */
export interface ExecutionEnvironment {
  readonly logStreamName: string;
  /** Time to load the function's code; Lambda reports it with the first invocation. */
  readonly initDurationMs: number;
  /** False once the thread has ended or must not be used again. */
  alive(): boolean;
  invoke(requestId: string, payload: string, timeoutMs: number): Promise<EnvironmentOutcome>;
  /** The lines written since they were last taken. */
  takeLogLines(): LogLine[];
  end(): Promise<void>;
}

export type StartOutcome =
  | { readonly kind: "started"; readonly environment: ExecutionEnvironment }
  | {
      readonly kind: "failed";
      readonly error: FunctionError;
      readonly lines: readonly LogLine[];
      readonly initDurationMs: number;
    };

/** Starts a thread and loads the function in it. The thread is over when this answers `failed`. */
export async function startEnvironment(start: EnvironmentStart, ports: EnvironmentPorts): Promise<StartOutcome> {
  const { clock } = ports;
  const startedMs = clock.nowMs();
  const thread = startThread(start, ports);
  const first = await thread.next(start.initTimeoutMs);
  const initDurationMs = clock.nowMs() - startedMs;
  if (first.kind !== "message" || first.message.kind !== "ready") {
    await thread.end();
    return {
      kind: "failed",
      error: initError(first, start.initTimeoutMs),
      lines: thread.takeLogLines(),
      initDurationMs,
    };
  }
  const environment = {
    logStreamName: start.thread.logStreamName,
    initDurationMs,
    alive: thread.alive,
    takeLogLines: thread.takeLogLines,
    end: thread.end,
    invoke: (requestId: string, payload: string, timeoutMs: number) =>
      invokeIn(thread, clock, requestId, payload, timeoutMs),
  };
  return { kind: "started", environment };
}

async function invokeIn(
  thread: Thread,
  clock: Clock,
  requestId: string,
  payload: string,
  timeoutMs: number,
): Promise<EnvironmentOutcome> {
  const invokedMs = clock.nowMs();
  thread.post({ requestId, payload, timeoutMs });
  const event = await thread.next(timeoutMs);
  if (event.kind === "message" && event.message.kind === "done") {
    const { outcome, durationMs, memoryUsedMiB, threadEnds } = event.message;
    if (threadEnds) await thread.end();
    return { ...outcome, durationMs, memoryUsedMiB };
  }
  await thread.end();
  if (event.kind === "timed-out") return { kind: "timed-out" };
  const reason = event.kind === "over" ? event.reason : NO_REASON;
  return { kind: "exited", reason, durationMs: clock.nowMs() - invokedMs };
}

const NO_REASON = "Runtime exited without providing a reason";

function initError(event: ThreadEvent, initTimeoutMs: number): FunctionError {
  if (event.kind === "message" && event.message.kind === "init-failed") return event.message.error;
  if (event.kind === "timed-out") {
    return {
      errorType: "Sandbox.Timedout",
      errorMessage: `Init timed out after ${(initTimeoutMs / 1000).toFixed(2)} seconds`,
      trace: [],
    };
  }
  const reason = event.kind === "over" ? event.reason : NO_REASON;
  return { errorType: "Runtime.ExitError", errorMessage: reason, trace: [] };
}
