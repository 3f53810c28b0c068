import type { Hop } from "../../model/hop.ts";
import type { Backoff } from "../backoff.ts";
import { type PollResult, pollUntil } from "../poll-until.ts";
import { journalEnding, pollOptions } from "../watch.ts";
import type { LoadObserveTask, LoadObserveTools } from "./load-task.ts";

/** What is watched: a hop by its name, until when. */
export type LoadWatchTask = Pick<LoadObserveTask<Hop>, "scenario" | "awaited" | "deadlineMs"> & {
  readonly hop: { readonly name: string };
};

/** How one kind of hop is watched under load. */
export interface LoadWatch {
  readonly operation: string;
  readonly backoff: Backoff;
  /** Limit for the look after the deadline. */
  readonly lastLookMs: number;
  /** Looks once at what is due. Throws ReadFailed where a read failed. */
  look(signal: AbortSignal, isLast: boolean): Promise<void>;
  /** Called once, when nothing more will be settled. */
  sendingEnded(atMs: number): void;
  /** Asked after each look since then. */
  isDone(): boolean;
  /** Journals what has not been journalled yet. */
  end(): void;
}

/**
 * Watches while the load is sent, whatever fails in a transient way, and then until everything was seen or the deadline; at once it
 * ends at a definite error or an interruption. Journals how it ended.
 */
export async function watchLoad(task: LoadWatchTask, tools: LoadObserveTools, how: LoadWatch): Promise<void> {
  const { clock } = tools;
  const startedAtMs = clock.nowMs();
  let result = await watchSending(task, tools, how);
  let attempts = result.attempts;
  if (result.kind === "satisfied") {
    how.sendingEnded(clock.nowMs());
    const graceMs = Math.max(0, startedAtMs + tools.graceMs - clock.nowMs());
    const options = pollOptions(task.deadlineMs(), { ...tools, graceMs }, how);
    result = await pollUntil(
      async (signal, isLast) => {
        await how.look(signal, isLast);
        return { done: how.isDone(), observation: null };
      },
      { ...options, lastLookMs: how.lastLookMs },
    );
    attempts += result.attempts;
  }
  how.end();
  journalEnding(task, tools, startedAtMs, { ...result, attempts });
}

/** Looks as long as something may be settled still; that it is over is asked before a look, because a look may fail each time. */
function watchSending({ awaited }: LoadWatchTask, tools: LoadObserveTools, how: LoadWatch): Promise<PollResult<null>> {
  const options = pollOptions(Number.POSITIVE_INFINITY, tools, how);
  return pollUntil(async (signal) => {
    if (awaited.ended()) return { done: true, observation: null };
    await how.look(signal, false);
    return { done: false, observation: null };
  }, options);
}
