import { isBadCredentials, isDenied, type ReadError } from "../model/read-error.ts";

/** A failed read, and what waiting can do about it. */
export interface ReadFailure {
  readonly error: ReadError;
  /**
   * `transient`: the next read may succeed. `denied`: no permission, which waiting helps only where the permission was created a
   * moment ago. `definite`: waiting does not help.
   */
  readonly nature: "transient" | "denied" | "definite";
}

/** Thrown by a read that failed; whatever else a read throws is a bug. */
export class ReadFailed extends Error {
  readonly failure: ReadFailure;

  constructor(failure: ReadFailure) {
    super(`${failure.error.operation}: ${failure.error.code}: ${failure.error.message}`);
    this.name = "ReadFailed";
    this.failure = failure;
  }
}

/**
 * What an SDK error means.
 *
 * - transient: throttling, 5xx, 429, time-outs, broken connections, and answers that cannot be understood (the SDK then throws its
 *   parser's error, or one without a code): a proxy or a service in trouble, not a verdict about the resource.
 * - denied: AccessDenied in its spellings, KMS' included, and a bare 403, which is all that a HEAD request gets.
 * - definite: everything else that the service said by name, and missing or expired credentials.
 *
 * @param operation The operation by its IAM action name, for example `kinesis:GetRecords`.
 */
export function classifyReadError(error: unknown, operation: string): ReadFailure {
  const name = codeOf(error);
  const message = (error instanceof Error && error.message) || name;
  const nature = natureOf(error, name);
  // "Unknown" would not tell a reader of the report what to do.
  const code = nature === "denied" && !isServiceCode(name) ? String(statusOf(error)) : name;
  return { error: { code, message: message.slice(0, 500), operation }, nature };
}

/** The code of a failure that another has overtaken: time ran out before the answer came. */
export function timedOut(operation: string, afterMs: number): ReadFailure {
  const message = `no answer within ${Math.round(afterMs)} ms`;
  return { error: { code: "TimeoutError", message, operation }, nature: "transient" };
}

const TRANSIENT =
  /Throttl|TooManyRequests|SlowDown|^RequestLimitExceeded|^ProvisionedThroughputExceeded|^LimitExceeded|^BandwidthLimitExceeded|^ExpiredIterator|^ExpiredNextToken|^Internal(Failure|Error|Server)|^ServiceUnavailable|^OperationAborted|^TransactionInProgress|Timeout|^AbortError$|^UnprocessedKeys$/;

function natureOf(error: unknown, code: string): ReadFailure["nature"] {
  if (isBadCredentials(code)) return "definite";
  if (isDenied(code)) return "denied";
  if (TRANSIENT.test(code)) return "transient";
  const status = statusOf(error);
  if (status === 401 || status === 403) return "denied";
  const saidByName = status !== undefined && status >= 400 && status <= 499 && status !== 429 && isServiceCode(code);
  return saidByName ? "definite" : "transient";
}

/** The SDK's name for an error whose answer held no code it could read. */
const NO_CODE = new Set([
  "UnknownError",
  "Unknown",
  "Error",
  "SyntaxError",
  "TypeError",
  "RangeError",
  "Not Found",
  "NotFound",
]);

function isServiceCode(code: string): boolean {
  return !NO_CODE.has(code);
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "NotAnError";
  if ("code" in error && typeof error.code === "string" && /^(E[A-Z_]+|ERR_[A-Z_0-9]+)$/.test(error.code))
    return error.code;
  if ("Code" in error && typeof error.Code === "string") return error.Code;
  return error.name;
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("$metadata" in error)) return undefined;
  const metadata = error.$metadata;
  if (typeof metadata !== "object" || metadata === null || !("httpStatusCode" in metadata)) return undefined;
  return typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : undefined;
}

/** An answer came and does not hold what the service promises: the next may. */
export function unreadable(operation: string, message: string): ReadFailed {
  return new ReadFailed({ error: { code: "UnreadableAnswer", message, operation }, nature: "transient" });
}
