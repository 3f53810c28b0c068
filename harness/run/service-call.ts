import type { ServiceCall } from "../checks/read/asker.ts";
import type { WaitTools } from "../model/ports.ts";
import type { Backoff } from "../observe/backoff.ts";
import { call } from "../observe/call.ts";
import { pollUntil } from "../observe/poll-until.ts";

export interface ServiceCallOptions extends WaitTools {
  readonly deadlineMs: number;
}

const BACKOFF: Backoff = { firstMs: 200, factor: 2, longestMs: 5_000 };
/** For one attempt. */
const ATTEMPT_MS = 5_000;
/** For the attempt that begins right before the deadline. */
const LAST_ATTEMPT_MS = 1_000;

/** The harness' one wait, for calls that only have to succeed once and must be over at the deadline. */
export function createServiceCall(options: ServiceCallOptions): ServiceCall {
  const { clock, random, signal } = options;
  const graceEndMs = clock.nowMs() + options.graceMs;
  return async (operation, send) => {
    const result = await pollUntil(
      async (own) => ({ done: true, observation: { output: await call(operation, own, () => send(own)) } }),
      {
        clock,
        random,
        signal,
        deadlineMs: options.deadlineMs - LAST_ATTEMPT_MS,
        graceMs: Math.max(0, graceEndMs - clock.nowMs()),
        backoff: BACKOFF,
        lookMs: ATTEMPT_MS,
        lastLookMs: Math.max(1, Math.min(LAST_ATTEMPT_MS, options.deadlineMs - clock.nowMs())),
        operation,
      },
    );
    switch (result.kind) {
      case "satisfied":
        return { kind: "answered", output: result.last.output };
      case "refused":
        return { kind: "failed", error: result.error };
      case "deadline":
        return { kind: "failed", error: result.lastError ?? noAnswer("TimeoutError", operation) };
      case "interrupted":
        return { kind: "failed", error: noAnswer("Interrupted", operation) };
      default:
        return result satisfies never;
    }
  };
}

function noAnswer(code: string, operation: string) {
  return { code, message: "there was no answer before the wait ended", operation };
}
