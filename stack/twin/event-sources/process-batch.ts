import type { Clock, StreamRecord } from "../model/ports.ts";
import type { BatchOutcome } from "./batch-outcome.ts";

/** AWS does not publish its backoff; this one starts quickly, as AWS is seen to, and is bounded by a minute. */
const FIRST_BACKOFF_MS = 200;
const LAST_BACKOFF_MS = 60_000;

export interface BatchRules {
  readonly bisectBatchOnFunctionError: boolean;
  readonly reportBatchItemFailures: boolean;
  readonly maximumRetryAttempts: number;
  readonly maximumRecordAgeSeconds: number;
}

/** Why records are given up, as the failure destination's records name it. */
export type DiscardCondition = "RetryAttemptsExhausted" | "RecordAgeExceeded";

interface BatchPorts {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Invokes the function with these records. */
  readonly invoke: (records: readonly StreamRecord[]) => Promise<BatchOutcome>;
  /** Records that are given up, and why. */
  readonly discard: (records: readonly StreamRecord[], condition: DiscardCondition, invocations: number) => void;
}

/** A run of records of a batch, and how often it has failed as it is. */
interface Segment {
  readonly records: readonly StreamRecord[];
  readonly failures: number;
  readonly throttles: number;
}

/**
 * Works through one batch until every record is processed or given up; the next batch of the same keys waits for it.
 * A failed batch is tried again from its checkpoint (partial batch response), in two halves (bisect, which uses up no
 * attempt), or as a whole, after a backoff that doubles.
 */
export async function processBatch(
  batch: readonly StreamRecord[],
  rules: BatchRules,
  ports: BatchPorts,
): Promise<void> {
  const segments: Segment[] = [{ records: batch, failures: 0, throttles: 0 }];
  for (let segment = segments.shift(); segment !== undefined; segment = segments.shift()) {
    if (ports.signal.aborted) return;
    const records = withoutExpired(segment, rules, ports);
    if (records.length === 0) continue;
    const outcome = await ports.invoke(records);
    if (outcome.kind === "processed") continue;
    const next = nextSegments({ ...segment, records }, outcome, rules);
    if (next.length === 0 && outcome.kind === "failed-from") {
      ports.discard(records.slice(outcome.index), "RetryAttemptsExhausted", segment.failures + 1);
    }
    segments.unshift(...next);
    const [first] = next;
    if (first !== undefined) await ports.clock.wait(backoffMs(first), ports.signal);
  }
}

function nextSegments(
  segment: Segment,
  outcome: Exclude<BatchOutcome, { kind: "processed" }>,
  rules: BatchRules,
): Segment[] {
  if (outcome.kind === "not-run") return [{ ...segment, throttles: segment.throttles + 1 }];
  const { records } = segment;
  if (outcome.index === 0 && rules.bisectBatchOnFunctionError && !rules.reportBatchItemFailures && records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    return [records.slice(0, middle), records.slice(middle)].map((half) => ({
      records: half,
      failures: 0,
      throttles: 0,
    }));
  }
  const failures = outcome.index > 0 ? 1 : segment.failures + 1;
  if (rules.maximumRetryAttempts >= 0 && failures > rules.maximumRetryAttempts) return [];
  return [{ records: records.slice(outcome.index), failures, throttles: 0 }];
}

function withoutExpired(
  { records, failures }: Segment,
  rules: BatchRules,
  { clock, discard }: BatchPorts,
): readonly StreamRecord[] {
  if (rules.maximumRecordAgeSeconds < 0) return records;
  const oldestMs = clock.nowMs() - rules.maximumRecordAgeSeconds * 1000;
  const expired = records.filter(({ approximateArrivalMs }) => approximateArrivalMs < oldestMs);
  if (expired.length === 0) return records;
  discard(expired, "RecordAgeExceeded", failures);
  return records.filter(({ approximateArrivalMs }) => approximateArrivalMs >= oldestMs);
}

function backoffMs({ failures, throttles }: Segment): number {
  const tries = failures + throttles;
  return tries === 0 ? 0 : Math.min(FIRST_BACKOFF_MS * 2 ** (tries - 1), LAST_BACKOFF_MS);
}
