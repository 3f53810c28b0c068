import { functionNameOf } from "../model/function-name.ts";
import type { StreamRecord } from "../model/ports.ts";
import { type Passage, readShard } from "./read-shard.ts";
import { recordFilter } from "./record-filter.ts";
import { createRecordQueue, type RecordQueue } from "./record-queue.ts";
import type { ShardContext } from "./shard-context.ts";
import { workLane } from "./work-lane.ts";

/** Records read and not yet handed on, per shard: beyond it the mapping stops reading. */
const MAX_BUFFERED_RECORDS = 10_000;

const nothing: Passage = { delayMs: 0, deliver: () => {} };

/**
 * Reads one shard from `startPosition` on until aborted, and hands its records to the function in batches: one lane per
 * unit of parallelization, records of one partition key always in the same lane and in order.
 */
export async function consumeShard(context: ShardContext, startPosition: string): Promise<void> {
  const { config, shardId, ports, signal } = context;
  const lanes = Array.from({ length: config.parallelizationFactor }, () =>
    createRecordQueue(config, ports.clock, signal),
  );
  const room = roomKeeper(lanes, signal);
  const planted = new Set<StreamRecord>();
  const takePlanted = (records: readonly StreamRecord[]) =>
    records.filter((record) => planted.delete(record)).length > 0;
  const accepts = recordFilter(config);
  const functionName = functionNameOf(config.functionArn);
  const passOn = (record: StreamRecord): Passage => {
    const lane = lanes[laneOf(record.partitionKey, lanes.length)];
    if (lane === undefined || !accepts(shardId, record)) return nothing;
    const fault = ports.faults.actionAt(`mapping:${functionName}`, record.partitionKey);
    if (fault.kind === "drop") return nothing;
    if (fault.kind === "error" || fault.kind === "throttle") planted.add(record);
    const deliver = () => {
      if (fault.kind === "reorder") {
        void fault.overtaken.then(() => lane.push(record));
        return;
      }
      lane.push(record);
      if (fault.kind === "duplicate") lane.push({ ...record });
    };
    return { delayMs: fault.kind === "delay" ? fault.delayMs : 0, deliver };
  };
  const working = lanes.map((lane) => workLane(lane, context, takePlanted, room.freed));
  await readShard(context, startPosition, passOn, room.available);
  await Promise.all(working);
}

/** Holds reading back while the lanes are full. */
function roomKeeper(lanes: readonly RecordQueue[], signal: AbortSignal) {
  let wake: () => void = () => {};
  const buffered = () => lanes.reduce((sum, lane) => sum + lane.length(), 0);
  signal.addEventListener("abort", () => wake(), { once: true });
  return {
    freed: () => wake(),
    async available() {
      while (buffered() >= MAX_BUFFERED_RECORDS && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

/** The lane of a partition key, always the same one: FNV-1a over its characters. */
export function laneOf(partitionKey: string, lanes: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < partitionKey.length; index++)
    hash = Math.imul(hash ^ partitionKey.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % lanes;
}
