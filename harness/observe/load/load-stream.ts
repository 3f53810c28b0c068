import type { StreamHop } from "../../model/hop.ts";
import { SequenceSet } from "../../model/sequence-set.ts";
import { LAST_LOOK_MS } from "../watch.ts";
import type { LoadObserveTask, LoadObserveTools } from "./load-task.ts";
import type { TimesOf } from "./shard-order.ts";
import { openStreamNotes } from "./stream-notes.ts";
import { StreamShards, type Stretch } from "./stream-shards.ts";
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
 * Reads the stream of a load next to the stack's consumers: each shard at most once a second and at most 1 MB a second, more
 * rarely where it throttles. Journals each second which events it saw (`load-arrived`; a record that comes again is repeated) and
 * which were overtaken (`load-reordered`), and how far each shard was read (`load-stream-read`). Where it cannot keep up it falls
 * behind, and what it has not read at the deadline is journalled as not complete: then the stream was a sample, and nothing that
 * was not seen in it is missing.
 */
export async function observeLoadStream(task: LoadStreamTask, tools: LoadObserveTools): Promise<void> {
  await watchLoad(task, tools, await watchStream(task, tools));
}

async function watchStream(task: LoadStreamTask, tools: LoadObserveTools): Promise<LoadWatch> {
  const { hop, awaited, startMs, scenario, settleMs = SETTLE_MS } = task;
  const { clock, journal, clients } = tools;
  const notes = openStreamNotes(task, task.timesOf, tools);
  const shards = new StreamShards({
    stream: hop.stream,
    fromMs: startMs - CLOCK_SKEW_MS,
    client: await clients.kinesis(),
    clock,
    onRecord: notes.record,
  });
  const settled = new SequenceSet();
  let journalledMs = clock.nowMs();
  let sentUntilMs: number | undefined;

  function journalStretches(stretches: readonly Stretch[]): void {
    const about = { fact: "load-stream-read", atMs: clock.nowMs(), scenario: scenario.name, hop: hop.name } as const;
    for (const stretch of stretches) {
      const records = stretch.complete ? notes.recordsOf(stretch.shardId) : 0;
      if (stretch.untilMs > stretch.fromMs || records > 0) journal.append({ ...about, ...stretch, records });
    }
    journalledMs = clock.nowMs();
  }

  function noteSettled(): void {
    for (const sequence of awaited.take(awaited.left(), Number.POSITIVE_INFINITY)) settled.add(sequence);
  }

  return {
    operation: "kinesis:GetRecords",
    backoff: BACKOFF,
    lastLookMs: LAST_LOOK_MS,
    async look(signal) {
      try {
        await shards.read(signal);
      } finally {
        noteSettled();
        notes.flush(false);
        if (clock.nowMs() - journalledMs >= READ_FACT_MS) journalStretches(shards.stretches());
      }
    },
    sendingEnded(atMs) {
      sentUntilMs = atMs;
    },
    /** Everything settled was seen, and every shard was read to its tip a while after the last answer. */
    isDone() {
      return shards.areReadUntil((sentUntilMs ?? clock.nowMs()) + settleMs) && notes.hasSeenAll(settled);
    },
    end() {
      const nowMs = clock.nowMs();
      noteSettled();
      notes.flush(true);
      journalStretches([...shards.stretches(), ...shards.unread(sentUntilMs ?? nowMs, nowMs)]);
    },
  };
}
