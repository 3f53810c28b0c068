import type { Clock, InvokeOutcome } from "../model/ports.ts";
import type { Acquired, EnvironmentPool } from "./environment-pool.ts";
import type { EnvironmentOutcome, LogLine } from "./execution-environment.ts";
import type { FunctionConfig } from "./function-config.ts";
import type { FunctionMetrics } from "./function-metrics.ts";
import { type InvocationReport, invocationLines, newLogStreamName, timeoutLine } from "./invocation-log.ts";
import { prolong } from "./prolong.ts";
import type { FunctionError } from "./thread-messages.ts";

/** Lambda's own bound on an answer, in bytes of JSON. */
const MAX_ANSWER_BYTES = 6 * 1024 * 1024 + 100;

interface InvocationParts {
  readonly config: FunctionConfig;
  readonly pool: EnvironmentPool;
  readonly clock: Clock;
  readonly metrics: FunctionMetrics;
  readonly writeLog: (streamName: string, lines: readonly LogLine[]) => void;
  readonly newId: () => string;
  /** A planted duration: the environment counts as taken for so long, whatever the handler takes. */
  readonly leastDurationMs: number;
  /** Aborts when the function is closed. */
  readonly signal: AbortSignal;
}

/** Runs one invocation from start to REPORT line: in a warm environment, or in a new one. */
export async function runInvocation(
  parts: InvocationParts,
  requestId: string,
  payload: string,
): Promise<InvokeOutcome> {
  const begunMs = parts.clock.nowMs();
  const acquired = await parts.pool.acquire();
  switch (acquired.kind) {
    case "closed":
      return failure({ errorType: "Service.Closed", errorMessage: "The twin is closing.", trace: [] }, 0);
    case "init-failed":
      return initFailed(parts, requestId, acquired);
    case "environment":
      return runIn(parts, requestId, payload, begunMs, acquired);
    default:
      return acquired satisfies never;
  }
}

async function runIn(
  parts: InvocationParts,
  requestId: string,
  payload: string,
  begunMs: number,
  { environment, cold }: Extract<Acquired, { kind: "environment" }>,
): Promise<InvokeOutcome> {
  const { config, clock, metrics } = parts;
  const timeoutMs = config.timeoutSeconds * 1000;
  const initLines = environment.takeLogLines().map((line) => ({ ...line, atMs: line.atMs - 1 }));
  const startedMs = clock.nowMs();
  const answered = await environment.invoke(requestId, payload, timeoutMs);
  parts.pool.release(environment);
  const handlerLines = environment.takeLogLines();
  const ran = await prolong(answered, parts.leastDurationMs, begunMs, { timeoutMs, clock, signal: parts.signal });
  const endedMs = clock.nowMs();
  const judged = judge(ran, requestId, config.timeoutSeconds);
  const lines = [...initLines, ...handlerLines];
  if (judged.outcome.kind === "timed-out") lines.push(timeoutLine(endedMs, requestId, config.timeoutSeconds));
  const report = {
    ...judged.report,
    requestId,
    memoryMiB: config.memoryMiB,
    initDurationMs: cold ? environment.initDurationMs : undefined,
  };
  parts.writeLog(environment.logStreamName, invocationLines(startedMs, endedMs, lines, report));
  metrics.ended(endedMs, judged.report.durationMs, judged.outcome.kind !== "answered");
  return judged.outcome;
}

function initFailed(
  parts: InvocationParts,
  requestId: string,
  { error, lines, initDurationMs }: Extract<Acquired, { kind: "init-failed" }>,
): InvokeOutcome {
  const atMs = parts.clock.nowMs();
  const report = {
    requestId,
    durationMs: initDurationMs,
    memoryMiB: parts.config.memoryMiB,
    memoryUsedMiB: 0,
    initDurationMs: undefined,
    status: { errorType: error.errorType },
  };
  const streamName = newLogStreamName(atMs, parts.newId);
  parts.writeLog(streamName, invocationLines(atMs - initDurationMs, atMs, lines, report));
  parts.metrics.ended(atMs, initDurationMs, true);
  const isExit = error.errorType === "Runtime.ExitError";
  return failure(isExit ? exitError(requestId, error.errorMessage) : error, initDurationMs);
}

interface Judged {
  readonly outcome: InvokeOutcome;
  readonly report: Pick<InvocationReport, "durationMs" | "memoryUsedMiB" | "status">;
}

function judge(ran: EnvironmentOutcome, requestId: string, timeoutSeconds: number): Judged {
  switch (ran.kind) {
    case "answered": {
      const { payload, durationMs, memoryUsedMiB } = ran;
      const sizeBytes = Buffer.byteLength(payload);
      if (sizeBytes > MAX_ANSWER_BYTES) return failed(answerTooLarge(sizeBytes), durationMs, memoryUsedMiB);
      return {
        outcome: { kind: "answered", payload, durationMs },
        report: { durationMs, memoryUsedMiB, status: "success" },
      };
    }
    case "failed":
      return failed(ran.error, ran.durationMs, ran.memoryUsedMiB);
    case "exited":
      return failed(exitError(requestId, ran.reason), ran.durationMs, 0);
    case "timed-out": {
      const durationMs = timeoutSeconds * 1000;
      return {
        outcome: { kind: "timed-out", durationMs },
        report: { durationMs, memoryUsedMiB: 0, status: "timeout" },
      };
    }
    default:
      return ran satisfies never;
  }
}

function failed(error: FunctionError, durationMs: number, memoryUsedMiB: number): Judged {
  return {
    outcome: failure(error, durationMs),
    report: { durationMs, memoryUsedMiB, status: { errorType: error.errorType } },
  };
}

export function failure(error: FunctionError, durationMs: number): InvokeOutcome {
  const { errorType, errorMessage } = error;
  return { kind: "failed", errorType, errorMessage, payload: JSON.stringify(error), durationMs };
}

function exitError(requestId: string, reason: string): FunctionError {
  return { errorType: "Runtime.ExitError", errorMessage: `RequestId: ${requestId} Error: ${reason}`, trace: [] };
}

function answerTooLarge(sizeBytes: number): FunctionError {
  const errorMessage = `Response payload size (${sizeBytes} bytes) exceeded maximum allowed payload size (${MAX_ANSWER_BYTES} bytes).`;
  return { errorType: "Function.ResponseSizeTooLarge", errorMessage, trace: [] };
}
