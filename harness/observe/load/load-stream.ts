import { type KinesisClient, ListShardsCommand, type Shard } from "@aws-sdk/client-kinesis";
import type { StreamHop } from "../../model/hop.ts";
import { SequenceSet } from "../../model/sequence-set.ts";
import { call } from "../call.ts";
import { ReadFailed } from "../read-error.ts";
import { LAST_LOOK_MS } from "../watch.ts";
import { createLoadShard, type LoadShard } from "./load-shard.ts";
import type { LoadObserveTask, LoadObserveTools } from "./load-task.ts";
import type { TimesOf } from "./shard-order.ts";
import { openStreamNotes } from "./stream-notes.ts";
import { type LoadWatch, watchLoad } from "./watch-load.ts";

export interface LoadStreamTask extends LoadObserveTask<StreamHop> {
  /** When an acked event's request was sent and answered; undefined where that is not known yet, or it was not acked. */
  readonly timesOf: TimesOf;
  /** How long after the last answer the stream is read on, for records that come again or late. */
  readonly settleMs?: number | undefined;
}

/** How far before the run's start reading begins: our clock and the stream's may differ. Tags keep other runs' records out. */
const CLOCK_SKEW_MS = 15_000;
const BACKOFF = { firstMs: 250, factor: 1, longestMs: 250 };
const SETTLE_MS = 2_000;
/** How often it is journalled how far each shard was read, so that a journal that breaks off says so as well. */
const READ_FACT_MS = 10_000;

/**
 * Reads the stream of a load beside the stack's own consumers: each shard at most once a second and at most 1 MB a second, more
 * rarely where it throttles. Journals each second which events it saw (`load-arrived`; a record that comes again is repeated) and
 * which were overtaken (`load-reordered`), and how far each shard was read (`load-stream-read`). Where it cannot keep up it falls
 * behind, and what it has not read at the deadline is journalled as not complete: then the stream was a sample, and nothing that
 * was not seen in it is missing.
 */
export async function observeLoadStream(task: LoadStreamTask, tools: LoadObserveTools): Promise<void> {
  await watchLoad(task, tools, await watchStream(task, tools));
}

async function watchStream(task: LoadStreamTask, tools: LoadObserveTools): Promise<LoadWatch> {
  const { hop, awaited, startMs, settleMs = SETTLE_MS } = task;
  const { clock, journal, clients } = tools;
  const client = await clients.kinesis();
  const notes = openStreamNotes(task, task.timesOf, tools);
  const settled = new SequenceSet();
  const shards = new Map<string, { readonly shard: LoadShard; fromMs: number }>();
  let isListed = false;
  let journalledMs = clock.nowMs();
  let sentUntilMs: number | undefined;

  async function discoverShards(signal: AbortSignal): Promise<void> {
    const isFirst = shards.size === 0;
    for (const { ShardId: shardId } of await listShards(hop.stream, client, signal)) {
      if (shardId === undefined || shards.has(shardId)) continue;
      const shard = createLoadShard({
        stream: hop.stream,
        shardId,
        // A shard that appears later is younger than the run: all of it counts.
        fromMs: isFirst ? startMs - CLOCK_SKEW_MS : undefined,
        client,
        clock,
        onRecord: (record, readAtMs) => notes.record(shardId, record, readAtMs),
      });
      shards.set(shardId, { shard, fromMs: startMs - CLOCK_SKEW_MS });
    }
    isListed = true;
  }

  /** How far each shard was read since the last time; at the end, also what was left unread of the time of sending. */
  function journalReads(neededMs: number): void {
    const atMs = clock.nowMs();
    journalledMs = atMs;
    for (const each of shards.values()) {
      const { shardId } = each.shard;
      const about = { fact: "load-stream-read", atMs, scenario: task.scenario.name, hop: hop.name, shardId } as const;
      const untilMs = each.shard.readUntilMs() ?? each.fromMs;
      const records = notes.recordsOf(shardId);
      if (untilMs > each.fromMs || records > 0)
        journal.append({ ...about, complete: true, fromMs: each.fromMs, untilMs, records });
      each.fromMs = Math.max(each.fromMs, untilMs);
      const isUnread = !each.shard.isAtTip() || untilMs < neededMs;
      if (Number.isFinite(neededMs) && !each.shard.hasEnded() && isUnread) {
        const left = { fromMs: each.fromMs, untilMs: Math.max(atMs, each.fromMs), records: 0 };
        journal.append({ ...about, complete: false, ...left });
      }
    }
  }

  function noteSettled(): void {
    for (const sequence of awaited.take(awaited.left(), Number.POSITIVE_INFINITY)) settled.add(sequence);
  }

  return {
    operation: "kinesis:GetRecords",
    backoff: BACKOFF,
    lastLookMs: LAST_LOOK_MS,
    async look(signal) {
      if (!isListed) await discoverShards(signal);
      const open = [...shards.values()].map(({ shard }) => shard).filter((shard) => !shard.hasEnded());
      const results = await Promise.allSettled(open.map((shard) => shard.readIfDue(signal)));
      // A shard that ends was split or merged: its children go on.
      if (open.some((shard) => shard.hasEnded())) isListed = false;
      noteSettled();
      notes.flush(false);
      if (clock.nowMs() - journalledMs >= READ_FACT_MS) journalReads(Number.NEGATIVE_INFINITY);
      throwWorst(results);
    },
    sendingEnded(atMs) {
      sentUntilMs = atMs;
    },
    /** Everything settled was seen, and every shard was read to its tip a while after the last answer. */
    isDone() {
      const settledMs = (sentUntilMs ?? clock.nowMs()) + settleMs;
      const all = [...shards.values()].map(({ shard }) => shard);
      const isRead = all.every((each) => each.hasEnded() || (each.isAtTip() && (each.readUntilMs() ?? 0) >= settledMs));
      return isListed && isRead && notes.hasSeenAll(settled);
    },
    end() {
      noteSettled();
      notes.flush(true);
      journalReads(sentUntilMs ?? clock.nowMs());
    },
  };
}

async function listShards(stream: string, client: KinesisClient, signal: AbortSignal): Promise<Shard[]> {
  const shards: Shard[] = [];
  let token: string | undefined;
  do {
    // With a token, the stream may not be named again.
    const input = token === undefined ? { StreamName: stream } : { NextToken: token };
    const page = await call("kinesis:ListShards", signal, () =>
      client.send(new ListShardsCommand(input), { abortSignal: signal }),
    );
    shards.push(...(page.Shards ?? []));
    token = page.NextToken;
  } while (token !== undefined);
  return shards;
}

/** One shard's failure must not keep the others from being read; it is thrown when all have been, the one that ends the wait first. */
function throwWorst(results: readonly PromiseSettledResult<void>[]): void {
  const reasons = results.filter((result) => result.status === "rejected").map(({ reason }): unknown => reason);
  const bug = reasons.find((reason) => !(reason instanceof ReadFailed));
  if (bug !== undefined) throw bug;
  const failures = reasons.filter((reason) => reason instanceof ReadFailed);
  const worst = failures.find(({ failure }) => failure.nature !== "transient") ?? failures[0];
  if (worst !== undefined) throw worst;
}
