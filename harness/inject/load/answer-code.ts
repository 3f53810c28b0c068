import { outcomeOfStatus } from "../outcome.ts";

/**
 * How a request ended, as one number: an HTTP status, or below 100 what came instead of a whole answer. Numbers, because
 * a thread hands over a second's requests as columns of them.
 */
export type AnswerCode = number;

/** No whole answer within the request's time. */
export const TIMEOUT = 1;
/** The connection broke before the whole answer, or what came was no HTTP. */
export const CONNECTION = 2;
/** No connection could be made: no address, refused, no common TLS. */
export const CONNECT = 3;
/** The run was stopped before the answer came. */
export const INTERRUPTED = 4;

const NAMES = ["", "timeout", "connection", "connect", "interrupted"];

/** `202`, `timeout`, `connection`, `connect`, `interrupted`. */
export function answerName(code: AnswerCode): string {
  return NAMES[code] ?? String(code);
}

/** What the sender knows of the events of a request that ended so. Without a whole answer it knows nothing. */
export function outcomeKindOf(code: AnswerCode): "acked" | "rejected" | "unknown" {
  return code < 100 ? "unknown" : outcomeOfStatus(code, "").kind;
}

/** The number behind such a name; what is none is a connection that broke. */
export function answerCodeOf(name: string): AnswerCode {
  const known = NAMES.indexOf(name);
  if (known > 0) return known;
  return /^[1-9][0-9]{2}$/.test(name) ? Number(name) : CONNECTION;
}
