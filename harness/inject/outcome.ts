import type { Outcome, UnknownReason } from "../model/outcome.ts";

/** How much of an answer is kept as evidence. */
export const ANSWER_BYTES = 1024;

/**
 * The one table from an HTTP status to what the sender knows:
 *
 * | status | outcome |
 * |---|---|
 * | 2xx | acked |
 * | 408 | unknown, `timeout`: the server gave up waiting for a request that it may have read |
 * | 429, 503 | unknown, `throttled`: a batch may have been taken in part |
 * | other 4xx | rejected |
 * | other 5xx | unknown, `server-error` (502 and 504 come from a proxy that cannot say what happened behind it) |
 * | anything else | unknown, `unexpected-status`: a redirect is not followed |
 */
export function outcomeOfStatus(status: number, answer: string): Outcome {
  if (status >= 200 && status <= 299) return { kind: "acked", status, answer };
  if (status === 408) return unknown("timeout", status, answer);
  if (status === 429 || status === 503) return unknown("throttled", status, answer);
  if (status >= 400 && status <= 499) return { kind: "rejected", status, answer };
  if (status >= 500 && status <= 599) return unknown("server-error", status, answer);
  return unknown("unexpected-status", status, answer);
}

/**
 * What is known when no whole answer came: nothing. `status` is the status line where one was read before the connection broke;
 * even a 2xx promises nothing when the answer behind it was cut.
 */
export function outcomeOfFailure(error: unknown, status: number | null = null): Outcome {
  const reason: UnknownReason = isTimeout(error) ? "timeout" : "connection";
  return unknown(reason, status, describe(error));
}

/** The outcome of a request that was still under way when the run was stopped. */
export function outcomeOfInterruption(): Outcome {
  return unknown("interrupted", null, "the run was stopped before the answer came");
}

/** The outcome of a request that had no whole answer within its time. */
export function outcomeOfTimeout(requestMs: number): Outcome {
  return unknown("timeout", null, `no answer within ${requestMs} ms`);
}

function unknown(reason: UnknownReason, status: number | null, answer: string): Outcome {
  return { kind: "unknown", reason, status, answer };
}

const TIMEOUT_CODES = new Set([
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
]);

function isTimeout(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // The SDK calls a reset connection a TimeoutError too; its code tells the two apart.
  if ("code" in error && typeof error.code === "string") return TIMEOUT_CODES.has(error.code);
  return error.name === "TimeoutError";
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, ANSWER_BYTES);
  const code = "code" in error && error.code !== undefined ? `${String(error.code)}: ` : "";
  return `${code}${error.message || error.name}`.slice(0, ANSWER_BYTES);
}
