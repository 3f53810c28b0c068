import { backoffMs } from "./backoff.ts";
import { type Failure, failureOf } from "./failure.ts";

/** What became of one entry of a batch operation. */
export type Outcome<A> =
  | { readonly kind: "accepted"; readonly value: A }
  | { readonly kind: "rejected"; readonly failure: Failure };

/** Why the sending ended: every entry has its outcome, or one call failed as a whole and nothing was sent after it. */
export type Ending = { readonly kind: "finished" } | { readonly kind: "call-failed"; readonly failure: Failure };

export interface Sending<E, A> {
  readonly entries: readonly E[];
  readonly split: (entries: readonly E[]) => readonly (readonly E[])[];
  /** One call. Answers one outcome per entry, in the batch's order; throws when the call failed as a whole. */
  readonly sendOnce: (batch: readonly E[], timeoutMs: number) => Promise<readonly Outcome<A>[]>;
  readonly timeLeftMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
}

/** Calls per entry, the first one included. */
export const MAX_ATTEMPTS = 8;

const NOT_SENT: Failure = {
  errorCode: "TimeBudgetExhausted",
  errorMessage: "not sent: the invocation had no time left for another call",
};
const NO_OUTCOME: Failure = {
  errorCode: "IncompleteAnswer",
  errorMessage: "the service's answer has no result for this entry",
};

type Indexed<E> = { readonly entry: E; readonly index: number };

/**
 * Sends entries in batches and resends those that the service rejects one by one, with backoff, until all are accepted,
 * an entry has had `MAX_ATTEMPTS` calls, or the invocation's time runs out. Entries that were accepted are never sent again.
 *
 * @returns one outcome per entry, in the order of `entries`. After a call that failed as a whole, every entry not yet
 *   accepted carries that call's failure.
 */
export async function sendAndResend<E, A>(
  sending: Sending<E, A>,
): Promise<{ readonly outcomes: readonly Outcome<A>[]; readonly ending: Ending }> {
  const outcomes: Outcome<A>[] = sending.entries.map(() => ({ kind: "rejected", failure: NOT_SENT }));
  let pending: readonly Indexed<E>[] = sending.entries.map((entry, index) => ({ entry, index }));
  for (let attempt = 1; pending.length > 0; attempt += 1) {
    const ending = await sendRound(sending, pending, outcomes);
    pending = pending.filter(({ index }) => outcomes[index]?.kind !== "accepted");
    if (ending.kind === "call-failed") {
      for (const { index } of pending) outcomes[index] = { kind: "rejected", failure: ending.failure };
      return { outcomes, ending };
    }
    if (pending.length === 0 || attempt >= MAX_ATTEMPTS) break;
    const delayMs = backoffMs(attempt, sending.random());
    if (sending.timeLeftMs() <= delayMs) break;
    await sending.sleep(delayMs);
  }
  return { outcomes, ending: { kind: "finished" } };
}

async function sendRound<E, A>(
  sending: Sending<E, A>,
  pending: readonly Indexed<E>[],
  outcomes: Outcome<A>[],
): Promise<Ending> {
  let start = 0;
  for (const batch of sending.split(pending.map(({ entry }) => entry))) {
    const timeoutMs = Math.ceil(sending.timeLeftMs());
    if (timeoutMs <= 0) break;
    const members = pending.slice(start, start + batch.length);
    start += batch.length;
    try {
      const answers = await sending.sendOnce(batch, timeoutMs);
      members.forEach(({ index }, place) => {
        outcomes[index] = answers[place] ?? { kind: "rejected", failure: NO_OUTCOME };
      });
    } catch (thrown) {
      return { kind: "call-failed", failure: failureOf(thrown) };
    }
  }
  return { kind: "finished" };
}
