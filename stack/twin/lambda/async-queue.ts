import { holdBack } from "../faults/hold-back.ts";
import { invocationPassage } from "../faults/invocation-passage.ts";
import { createClosing } from "../model/closing.ts";
import type { Clock, FaultPlan, InvokeOutcome } from "../model/ports.ts";
import type { InvocableFunction } from "./invocable-function.ts";

/** Lambda waits one minute before the first repetition and two before the second. */
const RETRY_DELAYS_MS = [60_000, 120_000];
/** Throttled events are tried again after 1 s, and up to every 5 minutes. */
const FIRST_THROTTLE_DELAY_MS = 1_000;
const LAST_THROTTLE_DELAY_MS = 300_000;
/** Lambda's bound on an asynchronous event since October 2025. */
export const MAX_ASYNC_EVENT_BYTES = 1024 * 1024;

/** Lambda's internal queue of asynchronous events: tried until answered, out of attempts or too old. */
interface AsyncQueue {
  /** False when the queue is full; the event is dropped then, and counted. */
  add(target: InvocableFunction, payload: string): boolean;
  /** Resolves once every event so far is delivered or dropped. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Every event is on its own: delivery is at least once and in no order, as in AWS. An error is repeated after (scaled) 1 and 2 minutes,
 * throttling for as long as the event may age; then it is dropped and counted as AsyncEventsDropped.
 */
export function createAsyncQueue(
  clock: Clock,
  faults: FaultPlan,
  options: { readonly retryDelayScale: number; readonly maxQueuedEvents: number; readonly newRequestId: () => string },
): AsyncQueue {
  const closing = createClosing();
  const underWay = new Set<Promise<void>>();

  const deliver = async (target: InvocableFunction, payload: string): Promise<void> => {
    const { maximumRetryAttempts, maximumEventAgeSeconds } = target.config.asynchronous;
    const queuedMs = clock.nowMs();
    const requestId = options.newRequestId();
    for (let attempt = 0, throttles = 0; !closing.signal.aborted; ) {
      const atMs = clock.nowMs();
      if (atMs - queuedMs > maximumEventAgeSeconds * 1000) break;
      target.metrics.asyncAge(atMs, atMs - queuedMs);
      const outcome = await target.invoke(payload, requestId, "asynchronous");
      if (outcome.kind === "answered") return;
      const again = nextTry(outcome, attempt, throttles, maximumRetryAttempts);
      if (again === undefined) break;
      ({ attempt, throttles } = again);
      await clock.wait(again.delayMs * options.retryDelayScale, closing.signal);
    }
    if (!closing.signal.aborted) target.metrics.asyncDropped(clock.nowMs());
  };
  const start = (work: () => Promise<void>) => {
    const promise = work().finally(() => underWay.delete(promise));
    underWay.add(promise);
  };

  return {
    add(target, payload) {
      target.metrics.asyncReceived(clock.nowMs());
      if (underWay.size >= options.maxQueuedEvents) {
        target.metrics.asyncDropped(clock.nowMs());
        return false;
      }
      const fault = faults.actionAt(`lambda-async:${target.config.functionName}`, () => invocationPassage(payload));
      switch (fault.kind) {
        case "drop":
          return true;
        case "delay":
        case "reorder":
          start(async () => {
            await holdBack(fault, clock, closing.signal);
            await deliver(target, payload);
          });
          return true;
        case "duplicate":
          start(() => deliver(target, payload));
          start(() => deliver(target, payload));
          return true;
        case "none":
        case "error":
        case "throttle":
          start(() => deliver(target, payload));
          return true;
        default:
          return fault satisfies never;
      }
    },
    async idle() {
      await Promise.all(underWay);
    },
    async close() {
      closing.abort();
      await Promise.all(underWay);
    },
  };
}

interface NextTry {
  readonly attempt: number;
  readonly throttles: number;
  /** As AWS waits, not yet scaled. */
  readonly delayMs: number;
}

/** When to try again, or undefined when the event has used up its attempts. Throttling uses none. */
function nextTry(
  outcome: Exclude<InvokeOutcome, { kind: "answered" }>,
  attempt: number,
  throttles: number,
  maximumRetryAttempts: number,
): NextTry | undefined {
  if (outcome.kind === "throttled") {
    const delayMs = Math.min(FIRST_THROTTLE_DELAY_MS * 2 ** throttles, LAST_THROTTLE_DELAY_MS);
    return { attempt, throttles: throttles + 1, delayMs };
  }
  if (attempt >= maximumRetryAttempts) return undefined;
  const delayMs = RETRY_DELAYS_MS[attempt] ?? RETRY_DELAYS_MS.at(-1) ?? 0;
  return { attempt: attempt + 1, throttles: 0, delayMs };
}
