import type { LogLine } from "./execution-environment.ts";

/** How an invocation ended, as far as its REPORT line tells. */
export interface InvocationReport {
  readonly requestId: string;
  readonly durationMs: number;
  readonly memoryMiB: number;
  readonly memoryUsedMiB: number;
  /** Only on the first invocation of an environment. */
  readonly initDurationMs: number | undefined;
  readonly status: "success" | "timeout" | { readonly errorType: string };
}

/**
 * The lines that Lambda puts around what the handler wrote, in its text format
 * (https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html).
 */
export function invocationLines(
  startedMs: number,
  endedMs: number,
  handlerLines: readonly LogLine[],
  report: InvocationReport,
): LogLine[] {
  const { requestId } = report;
  const before = handlerLines.filter(({ atMs }) => atMs < startedMs);
  const within = handlerLines.filter(({ atMs }) => atMs >= startedMs);
  return [
    ...before,
    { atMs: startedMs, message: `START RequestId: ${requestId} Version: $LATEST` },
    ...within,
    { atMs: endedMs, message: `END RequestId: ${requestId}` },
    { atMs: endedMs, message: reportLine(report) },
  ];
}

export function timeoutLine(atMs: number, requestId: string, timeoutSeconds: number): LogLine {
  return { atMs, message: `${new Date(atMs).toISOString()} ${requestId} ${timeoutMessage(timeoutSeconds)}` };
}

function timeoutMessage(timeoutSeconds: number): string {
  return `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
}

/** For example `2026/11/22/[$LATEST]5f2…`, new for every environment. */
export function newLogStreamName(atMs: number, newId: () => string): string {
  return `${new Date(atMs).toISOString().slice(0, 10).replaceAll("-", "/")}/[$LATEST]${newId().replaceAll("-", "")}`;
}

function reportLine(report: InvocationReport): string {
  const { durationMs, initDurationMs, status } = report;
  const fields = [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.max(1, Math.ceil(durationMs))} ms`,
    `Memory Size: ${report.memoryMiB} MB`,
    `Max Memory Used: ${report.memoryUsedMiB} MB`,
  ];
  if (initDurationMs !== undefined) fields.push(`Init Duration: ${initDurationMs.toFixed(2)} ms`);
  if (status === "timeout") fields.push("Status: timeout");
  else if (status !== "success") fields.push("Status: error", `Error Type: ${status.errorType}`);
  return `${fields.join("\t")}\t`;
}
