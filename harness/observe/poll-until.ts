import { setMaxListeners } from "node:events";
import type { WaitTools } from "../model/ports.ts";
import type { ReadError } from "../model/read-error.ts";
import { type Backoff, backoffMs } from "./backoff.ts";
import { ReadFailed, type ReadFailure, timedOut } from "./read-error.ts";

/** What one look brought. */
export interface Look<T> {
  readonly done: boolean;
  readonly observation: T;
}

export interface PollOptions extends WaitTools {
  /** What is waited for is looked at until here, and once more right after. */
  readonly deadlineMs: number;
  readonly backoff: Backoff;
  /** Limit for one look. */
  readonly lookMs: number;
  /** Limit for the look after the deadline; the wait never lasts longer than deadline and this together. */
  readonly lastLookMs: number;
  /** Named in the error of a look that was cut off. */
  readonly operation: string;
}

/** How a wait ended, and the last thing it saw (undefined where no look succeeded). */
export type PollResult<T> =
  | { readonly kind: "satisfied"; readonly attempts: number; readonly last: T }
  | {
      readonly kind: "deadline";
      readonly attempts: number;
      readonly last: T | undefined;
      /** The last look's error, if the last look failed. */
      readonly lastError: ReadError | null;
    }
  | { readonly kind: "refused"; readonly attempts: number; readonly last: T | undefined; readonly error: ReadError }
  | { readonly kind: "interrupted"; readonly attempts: number; readonly last: T | undefined };

/**
 * The one wait: looks until a look says `done`, with growing, jittered delays, to one deadline.
 *
 * A look that fails in a transient way is repeated; a definite failure ends the wait at once; a denied one does so after the grace
 * window. `signal` ends the wait at once, whatever is under way. The delays are clipped so that one look begins right at the
 * deadline: only a read after the deadline can show that something is absent. A look gets its own signal, which aborts when the
 * look is overtaken, and whether it is the last.
 *
 * It does not use p-retry: there a look that is not done yet has to throw (and so loses what it saw), and
 * sleeping, jitter and the time limit come from the machine's clock and `Math.random`, which the tests of this harness must drive.
 *
 * @throws what `look` throws, unless it is a ReadFailed: that would be a bug.
 */
export async function pollUntil<T>(
  look: (signal: AbortSignal, isLast: boolean) => Promise<Look<T>>,
  options: PollOptions,
): Promise<PollResult<T>> {
  const { clock, signal, deadlineMs } = options;
  const graceEndMs = clock.nowMs() + options.graceMs;
  let last: T | undefined;
  for (let attempts = 1; ; attempts += 1) {
    if (signal.aborted) return { kind: "interrupted", attempts: attempts - 1, last };
    const leftMs = deadlineMs - clock.nowMs();
    const isLast = leftMs <= 0;
    const limitMs = isLast ? options.lastLookMs : Math.min(options.lookMs, leftMs);
    const outcome = await lookWithin(limitMs, (own) => look(own, isLast), options);
    if (outcome === "interrupted") return { kind: "interrupted", attempts, last };

    let lastError: ReadError | null = null;
    if (outcome instanceof ReadFailed) {
      lastError = outcome.failure.error;
      if (isFinal(outcome.failure, clock.nowMs() < graceEndMs))
        return { kind: "refused", attempts, last, error: lastError };
    } else {
      last = outcome.observation;
      if (outcome.done) return { kind: "satisfied", attempts, last };
    }
    if (isLast) return { kind: "deadline", attempts, last, lastError };
    const delayMs = Math.min(backoffMs(options.backoff, attempts, options.random), deadlineMs - clock.nowMs());
    if (delayMs > 0) await clock.wait(delayMs, signal);
  }
}

function isFinal({ nature }: ReadFailure, inGrace: boolean): boolean {
  return nature === "definite" || (nature === "denied" && !inGrace);
}

/** One look, cut off when its time is up or the wait is interrupted. */
async function lookWithin<T>(
  limitMs: number,
  look: (signal: AbortSignal) => Promise<Look<T>>,
  { clock, signal, operation }: PollOptions,
): Promise<Look<T> | ReadFailed | "interrupted"> {
  const own = new AbortController();
  // One look may make many calls side by side, each of which listens; Node would take that for a leak.
  setMaxListeners(0, own.signal);
  const abort = () => own.abort();
  signal.addEventListener("abort", abort, { once: true });
  const looking = look(own.signal).catch((error: unknown) => {
    if (error instanceof ReadFailed) return error;
    throw error;
  });
  const limit = clock.wait(limitMs, own.signal).then(() => new ReadFailed(timedOut(operation, limitMs)));
  try {
    const first = await Promise.race([looking, limit]);
    return signal.aborted && first instanceof ReadFailed ? "interrupted" : first;
  } finally {
    signal.removeEventListener("abort", abort);
    own.abort();
    // Nothing waits for what an overtaken look still throws.
    looking.catch(() => {});
  }
}
