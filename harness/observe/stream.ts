import type { StreamHop } from "../model/hop.ts";
import { listShards } from "./list-shards.ts";
import { openNotebook } from "./notebook.ts";
import type { Observer } from "./observer.ts";
import { createShardReader, type ShardReader } from "./shard-reader.ts";
import { watch } from "./watch.ts";
import { worstOf } from "./worst-failure.ts";

/** How far before the run's start reading begins: our clock and the stream's may differ. Tags keep other runs' records out. */
const CLOCK_SKEW_MS = 15_000;
/** A shard serves 5 reads a second to all its consumers together: one of them is ours. */
const READ_SPACING_MS = 1_000;

/**
 * Reads all shards of a stream side by side, each at most once a second, from a little before the run's start. Shards that appear
 * while it reads (resharding) are followed: when an open shard ends, the shards are listed again. An occurrence is a sequence
 * number; its time is the stream's arrival time. The stream is covered up to a moment when every open shard has said since that
 * nothing is left behind it (MillisBehindLatest 0).
 */
export const observeStream: Observer<StreamHop> = async (task, tools) => {
  const { hop } = task;
  const client = await tools.clients.kinesis();
  const notebook = openNotebook(task, tools);
  const readers = new Map<string, ShardReader>();
  let listed = false;

  async function discoverShards(signal: AbortSignal): Promise<void> {
    const isFirst = readers.size === 0;
    for (const shard of await listShards(hop.stream, client, signal)) {
      if (shard.ShardId === undefined || readers.has(shard.ShardId)) continue;
      readers.set(
        shard.ShardId,
        createShardReader({
          stream: hop.stream,
          shardId: shard.ShardId,
          isClosed: shard.SequenceNumberRange?.EndingSequenceNumber !== undefined,
          // A shard that appears later is younger than the run: all of it counts.
          fromMs: isFirst ? task.startMs - CLOCK_SKEW_MS : undefined,
          spacingMs: READ_SPACING_MS,
          identity: { runId: task.runId, producer: task.scenario.producer },
          client,
          clock: tools.clock,
          notebook,
        }),
      );
    }
    listed = true;
  }

  await watch(task, tools, {
    operation: "kinesis:GetRecords",
    backoff: { firstMs: READ_SPACING_MS, factor: 1, longestMs: READ_SPACING_MS },
    canSeeDuplicates: true,
    isComplete: () => notebook.isComplete(),
    async look(signal, isLast) {
      if (!listed) await discoverShards(signal);
      const open = [...readers.values()].filter((reader) => !reader.hasEnded());
      const results = await Promise.allSettled(
        open.map((reader) => (isLast ? readToTip(reader, signal) : reader.read(signal))),
      );
      const resharded = open.some((reader) => reader.hasEnded() && !reader.wasClosed);
      if (resharded) listed = false;
      const worst = worstOf(results);
      if (worst !== undefined) throw worst;
      const untilMs = tipOf([...readers.values()]);
      if (listed && untilMs !== undefined) {
        notebook.covered(untilMs, `read to the tip of ${readers.size} shards of ${hop.stream}`);
      }
    },
  });
};

/** No later look will read what the last one leaves behind. */
async function readToTip(reader: ShardReader, signal: AbortSignal): Promise<void> {
  do await reader.read(signal);
  while (!reader.isAtTip());
}

/** The latest moment up to which every shard has been read, or undefined where some open shard has not been read to its tip yet. */
function tipOf(readers: readonly ShardReader[]): number | undefined {
  let untilMs = Number.POSITIVE_INFINITY;
  for (const reader of readers) {
    const tipMs = reader.tipMs();
    if (tipMs === undefined) return undefined;
    untilMs = Math.min(untilMs, tipMs);
  }
  return Number.isFinite(untilMs) ? untilMs : undefined;
}
