import type { Failure } from "../shared/failure.ts";
import type { HttpAnswer } from "../shared/http-response.ts";
import type { LogEntry } from "../shared/log-line.ts";
import type { Ending, Outcome } from "../shared/resend.ts";
import type { OutgoingEvent } from "./parse-body.ts";
import type { PutPlace } from "./put-records.ts";

type PutRecord = { readonly id: string } & PutPlace;
type RejectedEvent = { readonly id: string } & Failure;

/** What became of the events of one request, in their order. */
export interface PutResult {
  readonly records: readonly PutRecord[];
  readonly rejected: readonly RejectedEvent[];
  readonly ending: Ending;
}

/** Puts the outcomes beside the ids of their events. */
export function putResult(
  events: readonly OutgoingEvent[],
  { outcomes, ending }: { readonly outcomes: readonly Outcome<PutPlace>[]; readonly ending: Ending },
): PutResult {
  const records: PutRecord[] = [];
  const rejected: RejectedEvent[] = [];
  outcomes.forEach((outcome, index) => {
    const id = events[index]?.id ?? "";
    if (outcome.kind === "accepted") records.push({ id, ...outcome.value });
    else rejected.push({ id, ...outcome.failure });
  });
  return { records, rejected, ending };
}

/**
 * 202 when every event is in the stream, 503 when entries kept failing singly, 502 when a call failed as a whole: events of
 * that call may or may not be in the stream, and those that are for certain are in `records`.
 */
export function putAnswer({ records, rejected, ending }: PutResult): HttpAnswer {
  const accepted = records.length;
  switch (ending.kind) {
    case "call-failed": {
      const { errorCode, errorMessage } = ending.failure;
      return { status: 502, body: { error: errorCode, message: errorMessage, accepted, records } };
    }
    case "finished":
      return rejected.length === 0
        ? { status: 202, body: { accepted, records } }
        : { status: 503, body: { accepted, rejected, records } };
    default:
      return ending satisfies never;
  }
}

/** One info line for what is in the stream, one error line per error code for what is not. */
export function putLogEntries({ records, rejected }: PutResult): readonly LogEntry[] {
  const idsOf = (events: readonly { readonly id: string }[]) => events.map(({ id }) => id);
  const put: LogEntry[] = records.length === 0 ? [] : [{ level: "info", message: "records put", ids: idsOf(records) }];
  const codes = [...new Set(rejected.map(({ errorCode }) => errorCode))];
  const failed = codes.map((error): LogEntry => {
    const events = rejected.filter(({ errorCode }) => errorCode === error);
    const reason = events[0]?.errorMessage;
    return { level: "error", message: "records not put", error, reason, ids: idsOf(events) };
  });
  return [...put, ...failed];
}
