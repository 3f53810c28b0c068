import type { ItemHop } from "../../model/hop.ts";
import { inChunks } from "../chunks.ts";
import { attributesOf, createItemReader, KEYS_PER_CALL, READ_ITEMS } from "../item-reader.ts";
import { ReadFailed } from "../read-error.ts";
import { isTransient, worstOf } from "../worst-failure.ts";
import { createItemCalls } from "./item-calls.ts";
import { createItemKeys } from "./item-keys.ts";
import { ItemLooks } from "./item-looks.ts";
import { openItemNotes } from "./item-notes.ts";
import type { LoadObserveTask, LoadObserveTools } from "./load-task.ts";
import type { DueLook } from "./pending-looks.ts";
import { type LoadWatch, watchLoad } from "./watch-load.ts";

export interface LoadItemsTask extends LoadObserveTask<ItemHop> {
  /** Least time between an event's answer and the first look for it: by then most sinks have it. */
  readonly firstLookMs?: number | undefined;
  /** Where the stack counts deliveries: how long after the last answer everything is read once more. 0: not at all. */
  readonly settleMs?: number | undefined;
  /** Most read capacity units a second; without it the observer finds out how much the table bears. */
  readonly readBudgetUnitsPerSecond?: number | undefined;
  readonly callsAtOnce?: number | undefined;
}

const CALLS_AT_ONCE = 4;
const FIRST_LOOK_MS = 1_000;
const SETTLE_MS = 1_000;
/** Long enough that calls are full at some hundreds of events a second. */
const BACKOFF = { firstMs: 200, factor: 1, longestMs: 200 };
/** A look ends after this, so that the deadline is checked again however much there is to look for. */
const LOOK_MS = 800;
/** What a hop may take beyond its deadline to read what it still owes, strongly consistent; twice that where its calls hang. */
const LAST_LOOK_MS = 15_000;
/** Rounds in a row of the last look that may fail before it is given up. */
const MOST_FAILURES = 5;

/**
 * Looks the items of a load up by key, while it runs and afterwards, as fast as they are settled and as slow as the table wants.
 * Journals what it found each second (`load-arrived`), and after the deadline what a strongly consistent read did not find
 * (`load-absent`). What it could not look for by then stands in neither. `wait-ended` says how it ended, and why where it failed.
 */
export async function observeLoadItems(task: LoadItemsTask, tools: LoadObserveTools): Promise<void> {
  await watchLoad(task, tools, await watchItems(task, tools));
}

async function watchItems(task: LoadItemsTask, tools: LoadObserveTools): Promise<LoadWatch> {
  const { hop, scenario, awaited, callsAtOnce = CALLS_AT_ONCE, settleMs = SETTLE_MS } = task;
  const { clock, clients } = tools;
  const keys = createItemKeys(hop, { runId: task.runId, producer: scenario.producer });
  const capacity = { table: hop.table, budgetUnitsPerSecond: task.readBudgetUnitsPerSecond };
  const readItems = createItemReader(hop.table, attributesOf(hop), await clients.dynamodb());
  const calls = createItemCalls(readItems, keys, capacity, clock);
  const looks = new ItemLooks(awaited, task.firstLookMs ?? FIRST_LOOK_MS);
  const notes = openItemNotes(hop, scenario.name, task.plan, tools);
  let recheckMs = Number.POSITIVE_INFINITY;

  async function readBatch(batch: readonly DueLook[], consistent: boolean, signal: AbortSignal): Promise<void> {
    const done = looks.begin(batch);
    try {
      const read = await calls.read(batch, consistent, signal);
      looks.giveBack(read.unprocessed);
      looks.missed(notes.noted(read, consistent), clock.nowMs());
    } catch (error) {
      looks.giveBack(batch);
      throw error;
    } finally {
      done();
    }
  }

  /** Makes the calls for what is due, side by side; returns how many looks that were, and the failure where one failed. */
  async function readRound(consistent: boolean, signal: AbortSignal) {
    // No more than a second's worth at once: whatever the rate, a round stays short.
    const affordable = calls.keysPerSecond(consistent);
    const size = Math.min(KEYS_PER_CALL, affordable);
    const most = Math.min(size * callsAtOnce, affordable);
    const due = consistent ? looks.last(most, clock.nowMs()) : looks.next(most, clock.nowMs());
    const batches = inChunks(due, size).map((batch) => readBatch(batch, consistent, signal));
    const failure = worstOf(await Promise.allSettled(batches));
    notes.flush(clock.nowMs());
    return { isFull: due.length === most, isEmpty: due.length === 0, failure };
  }

  async function look(signal: AbortSignal): Promise<void> {
    const untilMs = clock.nowMs() + LOOK_MS;
    for (let isFull = true; isFull && !signal.aborted && clock.nowMs() < untilMs; ) {
      if (clock.nowMs() >= recheckMs) {
        recheckMs = Number.POSITIVE_INFINITY;
        looks.recheck(notes.all());
      }
      const round = await readRound(false, signal);
      if (round.failure !== undefined) throw round.failure;
      isFull = round.isFull;
    }
  }

  /** Nothing is looked for again after it, so it bears some failures. */
  async function lastLook(signal: AbortSignal): Promise<void> {
    const untilMs = clock.nowMs() + LAST_LOOK_MS;
    for (let failures = 0; !signal.aborted; ) {
      if (clock.nowMs() >= untilMs) throw outOfTime(looks.unseen(), hop.table);
      const { failure, isEmpty } = await readRound(true, signal);
      if (isEmpty) return;
      failures = failure === undefined ? 0 : failures + 1;
      if (failure !== undefined && (!isTransient(failure) || failures >= MOST_FAILURES)) throw failure;
    }
  }

  return {
    operation: READ_ITEMS,
    backoff: BACKOFF,
    lastLookMs: 2 * LAST_LOOK_MS,
    look: (signal, isLast) => (isLast ? lastLook(signal) : look(signal)),
    isDone: () => looks.isDone() && notes.absentCount() === 0 && recheckMs === Number.POSITIVE_INFINITY,
    sendingEnded(atMs) {
      if (hop.deliveriesAttribute !== undefined && settleMs > 0) recheckMs = atMs + settleMs;
    },
    end: () => notes.flush(clock.nowMs(), "now"),
  };
}

function outOfTime(count: number, table: string): ReadFailed {
  const message = `${count} events could not be looked for in time: table ${table} cannot be read faster, or its budget is too small`;
  return new ReadFailed({ error: { code: "OutOfTime", message, operation: READ_ITEMS }, nature: "transient" });
}
