import type { WaitEnding } from "../model/fact.ts";
import type { Backoff } from "./backoff.ts";
import type { ObserveTask, ObserveTools } from "./observer.ts";
import { type PollOptions, type PollResult, pollUntil } from "./poll-until.ts";

/** How one kind of hop is watched. */
export interface Watch {
  /** The operation that a look mainly consists of, by its IAM action name. */
  readonly operation: string;
  readonly backoff: Backoff;
  /** Looks once at everything and notes what it sees. Throws ReadFailed where a read failed. */
  look(signal: AbortSignal, isLast: boolean): Promise<void>;
  isComplete(): boolean;
  /** Whether one more look after everything was seen can show duplicates at this hop. */
  readonly canSeeDuplicates: boolean;
}

/** No single look may hold up the wait for longer. */
const LOOK_MS = 10_000;
/** What a hop may take beyond its deadline for the look that shows absence. */
export const LAST_LOOK_MS = 3_000;

/** Watches until everything was seen, the deadline, a definite error or an interruption, and journals how it ended. */
export async function watch(task: ObserveTask, tools: ObserveTools, how: Watch): Promise<void> {
  const { clock, signal } = tools;
  const startedAtMs = clock.nowMs();
  const look = async (own: AbortSignal, isLast: boolean) => {
    await how.look(own, isLast);
    return { done: how.isComplete(), observation: null };
  };
  const options = pollOptions(task.deadlineMs, tools, how);
  const result = await pollUntil(look, options);
  let attempts = result.attempts;
  if (result.kind === "satisfied" && how.canSeeDuplicates && task.settleMs > 0) {
    await clock.wait(task.settleMs, signal);
    // All came, and that stays so whatever becomes of this look.
    const again = await pollUntil(look, { ...options, deadlineMs: clock.nowMs() });
    attempts += again.attempts;
  }
  journalEnding(task, tools, startedAtMs, { ...result, attempts });
}

/** Journals how a wait ended. */
export function journalEnding(
  { scenario, hop }: { readonly scenario: { readonly name: string }; readonly hop: { readonly name: string } },
  { journal, clock }: Pick<ObserveTools, "journal" | "clock">,
  startedAtMs: number,
  result: PollResult<unknown>,
): void {
  const about = { scenario: scenario.name, hop: hop.name, startedAtMs, attempts: result.attempts };
  journal.append({ fact: "wait-ended", atMs: clock.nowMs(), ...about, ending: endingOf(result) });
}

export function pollOptions(
  deadlineMs: number,
  { clock, random, signal, graceMs }: Pick<ObserveTools, "clock" | "random" | "signal" | "graceMs">,
  { backoff, operation }: Pick<Watch, "backoff" | "operation">,
): PollOptions {
  return { clock, random, signal, graceMs, deadlineMs, backoff, operation, lookMs: LOOK_MS, lastLookMs: LAST_LOOK_MS };
}

function endingOf(result: PollResult<unknown>): WaitEnding {
  switch (result.kind) {
    case "satisfied":
      return { kind: "satisfied" };
    case "deadline":
      return { kind: "deadline", lastError: result.lastError };
    case "refused":
      return { kind: "refused", error: result.error };
    case "interrupted":
      return { kind: "interrupted" };
    default:
      return result satisfies never;
  }
}
