import type { Resource } from "../../state/twin-state.ts";
import { evenHashKeyRanges } from "./hash-key.ts";
import { Shard } from "./shard.ts";

/** On-demand streams start with four shards. https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html */
const ON_DEMAND_SHARD_COUNT = 4;

/** What all streams of a twin may keep in memory, shared equally by their shards. */
const MEMORY_FOR_RECORDS_BYTES = 256 * 1024 * 1024;

const HOUR_MS = 3_600_000;

/** One stream of the state with its shards. */
export interface Stream {
  readonly name: string;
  readonly arn: string;
  readonly settings: Resource<"streams">;
  readonly createdAtMs: number;
  readonly shards: readonly Shard[];
}

export interface Streams {
  readonly all: readonly Stream[];
  byName(name: string): Stream | undefined;
  byArn(arn: string): Stream | undefined;
}

/** Makes the streams that the state names, each shard empty and with its share of the hash keys. */
export function createStreams(resources: readonly Resource<"streams">[], createdAtMs: number): Streams {
  const shardTotal = resources.reduce((sum, settings) => sum + shardCountOf(settings), 0);
  const maximumBytes = Math.floor(MEMORY_FOR_RECORDS_BYTES / Math.max(1, shardTotal));
  const all = resources.map((settings): Stream => {
    const retentionMs = settings.retention_period * HOUR_MS;
    const shards = evenHashKeyRanges(shardCountOf(settings)).map(
      (range, index) => new Shard({ index, range, createdAtMs, retentionMs, maximumBytes }),
    );
    return { name: settings.name, arn: settings.arn, settings, createdAtMs, shards };
  });
  const names = new Map(all.map((stream) => [stream.name, stream]));
  const arns = new Map(all.map((stream) => [stream.arn, stream]));
  return { all, byName: (name) => names.get(name), byArn: (arn) => arns.get(arn) };
}

/** The shard that owns a hash key. */
export function shardFor(stream: Stream, hashKey: bigint): Shard {
  let low = 0;
  let high = stream.shards.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const shard = stream.shards[middle];
    if (shard !== undefined && shard.range.starting <= hashKey) low = middle;
    else high = middle - 1;
  }
  const owner = stream.shards[low];
  if (owner === undefined) throw new Error(`stream ${stream.name} has no shard`);
  return owner;
}

export function isOnDemand(settings: Resource<"streams">): boolean {
  return settings.stream_mode_details?.stream_mode === "ON_DEMAND";
}

function shardCountOf(settings: Resource<"streams">): number {
  if (isOnDemand(settings)) return ON_DEMAND_SHARD_COUNT;
  return Math.max(1, settings.shard_count ?? 1);
}
