import { BatchWriteItemCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ItemHop } from "../../model/hop.ts";
import type { LoadCleaned } from "../../model/load-fact.ts";
import type { SequenceSet } from "../../model/sequence-set.ts";
import { call } from "../call.ts";
import { inChunks } from "../chunks.ts";
import type { Item } from "../item-reader.ts";
import { type PollResult, pollUntil } from "../poll-until.ts";
import { pollOptions } from "../watch.ts";
import { findExpiry } from "./find-expiry.ts";
import { createItemKeys, type ItemKeys } from "./item-keys.ts";
import type { LoadObserveTask, LoadObserveTools } from "./load-task.ts";
import { afterAnswer, book, firstRate, type ReadRate } from "./read-rate.ts";

export interface LoadCleanupTask extends Pick<LoadObserveTask<ItemHop>, "runId" | "scenario" | "hop"> {
  /** Everything that may stand in the table: acked or not definitely answered, and not known to be absent. */
  readonly sequences: SequenceSet;
  /** When to stop removing. */
  readonly deadlineMs: number;
  /** Most write capacity units a second. */
  readonly writeBudgetUnitsPerSecond?: number | undefined;
}

type Outcome = LoadCleaned["outcome"];

const REMOVE = "dynamodb:BatchWriteItem";
/** docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html: at most 25 requests a call. */
const KEYS_PER_CALL = 25;
const CALLS_AT_ONCE = 4;
/** Items that are looked at for their expiry: the first, the last, and some between. */
const SAMPLES = 10;
const WRITE_UNITS_PER_SECOND = 200;
const BACKOFF = { firstMs: 100, factor: 2, longestMs: 2_000 };
const LAST_LOOK_MS = 1_000;
/** A round of calls that began ends before the deadline: what it removed is counted. */
const LAST_ROUND_MS = 1_500;

/**
 * Sees to it that a load leaves nothing behind in the sink: items that the table will expire by itself are left to it; others are
 * deleted by their keys, as fast as the table bears and no faster than the budget. A key that does not hold a tag of this run and
 * producer is never deleted. Journals `load-cleaned`; where deleting was not allowed or not done in time, what is left and why.
 */
export async function cleanUpLoad(task: LoadCleanupTask, tools: LoadObserveTools): Promise<void> {
  const { hop, scenario } = task;
  const client = await tools.clients.dynamodb();
  const keys = createItemKeys(hop, { runId: task.runId, producer: scenario.producer });
  const outcome = (await expiryOf(task, keys, client, tools)) ?? (await removeItems(task, keys, client, tools));
  tools.journal.append({ fact: "load-cleaned", atMs: tools.clock.nowMs(), scenario: scenario.name, outcome });
}

/** Undefined where the items stay until they are deleted, or where that could not be read. */
async function expiryOf(
  { hop: { table }, sequences, deadlineMs }: LoadCleanupTask,
  keys: ItemKeys,
  client: DynamoDBClient,
  tools: LoadObserveTools,
): Promise<Outcome | undefined> {
  const sample = sampleOf(sequences).map(keys.keyOf);
  const options = pollOptions(deadlineMs, tools, { operation: "dynamodb:DescribeTimeToLive", backoff: BACKOFF });
  const result = await pollUntil(async (signal) => {
    const observation = await findExpiry(table, sample, tools.clock.nowMs(), client, signal);
    return { done: true, observation };
  }, options);
  const expiry = result.last;
  return expiry?.kind === "expires"
    ? { kind: "expires", table, attribute: expiry.attribute, atMs: expiry.atMs }
    : undefined;
}

async function removeItems(
  { hop: { table }, sequences, deadlineMs, writeBudgetUnitsPerSecond = WRITE_UNITS_PER_SECOND }: LoadCleanupTask,
  keys: ItemKeys,
  client: DynamoDBClient,
  tools: LoadObserveTools,
): Promise<Outcome> {
  const { clock } = tools;
  const left = keysOf(sequences, keys);
  let again: Item[] = [];
  let removed = 0;
  let rate: ReadRate = firstRate(clock.nowMs(), writeBudgetUnitsPerSecond);

  async function removeSome(some: readonly Item[], signal: AbortSignal): Promise<void> {
    const booked = book(rate, some.length, clock.nowMs());
    rate = booked.rate;
    if (booked.atMs > clock.nowMs()) await clock.wait(booked.atMs - clock.nowMs(), signal);
    let unprocessed = some;
    try {
      unprocessed = await deleteKeys(table, some, client, signal);
    } finally {
      rate = afterAnswer(rate, { throttled: unprocessed.length > 0 }, clock.nowMs());
      removed += some.length - unprocessed.length;
      again.push(...unprocessed);
    }
  }

  const options = pollOptions(deadlineMs, tools, { operation: REMOVE, backoff: BACKOFF });
  const look = async (signal: AbortSignal) => {
    while (!signal.aborted && clock.nowMs() < deadlineMs - LAST_ROUND_MS) {
      const most = Math.max(1, Math.min(KEYS_PER_CALL * CALLS_AT_ONCE, Math.floor(rate.unitsPerSecond)));
      const round = again.slice(0, most);
      again = again.slice(most);
      for (let key = next(left, round, most); key !== undefined; key = next(left, round, most)) round.push(key);
      if (round.length === 0) return { done: true, observation: null };
      const calls = inChunks(round, KEYS_PER_CALL).map((some) => removeSome(some, signal));
      const failed = (await Promise.allSettled(calls)).find((each) => each.status === "rejected");
      if (failed !== undefined) throw failed.reason;
    }
    return { done: false, observation: null };
  };
  const result = await pollUntil(look, {
    ...options,
    lookMs: Math.max(1, deadlineMs - clock.nowMs()),
    lastLookMs: LAST_LOOK_MS,
  });
  if (result.kind === "satisfied" && removed === sequences.count) return { kind: "removed", table, items: removed };
  return { kind: "left", table, reason: `${removed} of ${sequences.count} items were removed: ${reasonOf(result)}` };
}

function next(left: Iterator<Item>, round: readonly Item[], most: number): Item | undefined {
  return round.length < most ? left.next().value : undefined;
}

/** Deletes items, and returns the keys that the service did not get to. */
async function deleteKeys(
  table: string,
  keys: readonly Item[],
  client: DynamoDBClient,
  signal: AbortSignal,
): Promise<readonly Item[]> {
  const RequestItems = { [table]: keys.map((Key) => ({ DeleteRequest: { Key } })) };
  const output = await call(REMOVE, signal, () =>
    client.send(new BatchWriteItemCommand({ RequestItems }), { abortSignal: signal }),
  );
  const requests = output.UnprocessedItems?.[table] ?? [];
  return requests.flatMap(({ DeleteRequest }) => (DeleteRequest?.Key === undefined ? [] : [DeleteRequest.Key]));
}

/** Every key of the set that is surely this run's: a key whose template has no place for the tag could be of any run. */
function* keysOf(sequences: SequenceSet, keys: ItemKeys): Generator<Item, undefined> {
  for (const [from, until] of sequences.ranges()) {
    for (let sequence = from; sequence < until; sequence += 1) {
      const key = keys.keyOf(sequence);
      if (keys.sequenceOf(key) === sequence) yield key;
    }
  }
  return undefined;
}

/** Some of the set, spread over all of it. */
function sampleOf(sequences: SequenceSet): number[] {
  const ranges = [...sequences.ranges()];
  const step = Math.max(1, Math.floor(ranges.length / SAMPLES));
  const starts = ranges.filter((_, index) => index % step === 0).map(([from]) => from);
  const last = ranges.at(-1)?.[1];
  return [...new Set([...starts.slice(0, SAMPLES), ...(last === undefined ? [] : [last - 1])])];
}

function reasonOf(result: PollResult<unknown>): string {
  switch (result.kind) {
    case "satisfied":
      return "the others' keys do not name their events";
    case "deadline":
      return result.lastError === null
        ? "there was no more time"
        : `${result.lastError.code}: ${result.lastError.message}`;
    case "refused":
      return `${result.error.operation}: ${result.error.code}: ${result.error.message}`;
    case "interrupted":
      return "the run was interrupted";
    default:
      return result satisfies never;
  }
}
