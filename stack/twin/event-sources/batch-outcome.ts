import type { InvokeOutcome, StreamRecord } from "../model/ports.ts";
import { parsedJson } from "../model/text.ts";

/** What an invocation came to for its batch. */
export type BatchOutcome =
  | { readonly kind: "processed" }
  /** The records before `index` are done, those from it on are to be tried again. */
  | { readonly kind: "failed-from"; readonly index: number }
  /** Throttled: tried again without using up an attempt. */
  | { readonly kind: "not-run" };

/**
 * Reads the function's answer with Lambda's rules for partial batch responses
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html): an absent, null or empty
 * list is success; the lowest failed sequence number is the checkpoint; an item without a sequence number of this
 * batch fails the whole batch.
 */
export function batchOutcome(
  outcome: InvokeOutcome,
  records: readonly StreamRecord[],
  reportBatchItemFailures: boolean,
): BatchOutcome {
  switch (outcome.kind) {
    case "answered":
      return reportBatchItemFailures ? readFailures(outcome.payload, records) : { kind: "processed" };
    case "throttled":
      return { kind: "not-run" };
    case "failed":
    case "timed-out":
    case "denied":
    case "not-found":
      return { kind: "failed-from", index: 0 };
    default:
      return outcome satisfies never;
  }
}

function readFailures(payload: string, records: readonly StreamRecord[]): BatchOutcome {
  const allFailed = { kind: "failed-from", index: 0 } as const;
  const answer = parsedJson(payload);
  if (answer === undefined) return allFailed;
  const failures = property(answer, "batchItemFailures");
  if (failures === undefined || failures === null) return { kind: "processed" };
  if (!Array.isArray(failures)) return allFailed;
  let lowest = records.length;
  for (const failure of failures) {
    const identifier = property(failure, "itemIdentifier");
    const index = records.findIndex(({ sequenceNumber }) => sequenceNumber === identifier);
    if (index < 0) return allFailed;
    lowest = Math.min(lowest, index);
  }
  return lowest === records.length ? { kind: "processed" } : { kind: "failed-from", index: lowest };
}

function property(value: unknown, name: string): unknown {
  return value !== null && typeof value === "object" ? Reflect.get(value, name) : undefined;
}
