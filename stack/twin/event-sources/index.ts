import { createClosing } from "../model/closing.ts";
import { consumeShard } from "./consume-shard.ts";
import { bucketOf } from "./deliver-failure.ts";
import type { EventSourceMappingConfig } from "./mapping-config.ts";
import type { ConsumerOptions, ConsumerPorts } from "./shard-context.ts";

export type { EventSourceMappingConfig, StartingPosition } from "./mapping-config.ts";
export type { ConsumerOptions, ConsumerPorts } from "./shard-context.ts";

/** A mapping as GetEventSourceMapping shows it. */
interface MappingStatus {
  readonly uuid: string;
  readonly state: "Enabled" | "Disabled";
  /** `No records processed`, `OK`, or `PROBLEM: …`. */
  readonly lastProcessingResult: string;
  /** Records given up since boot: too old or out of attempts. */
  readonly discardedRecords: number;
}

export interface EventSourceMappings {
  /** What these mappings will not do here, one sentence each. */
  readonly notes: readonly string[];
  statuses(): readonly MappingStatus[];
  /** Stops reading and resolves when the invocations under way have ended: end the functions beside it, not after it. */
  close(): Promise<void>;
}

/** 4 of the 5 reads a second that a shard allows, so that one is left for others. */
const DEFAULT_CONSUMER_OPTIONS: ConsumerOptions = { readIntervalMs: 250 };

/**
 * Starts every enabled mapping: one reader per shard, from the position that stands for the moment of `terraform apply`, which is now.
 * The shards are those of the stream at boot.
 */
export function startEventSourceMappings(
  configs: readonly EventSourceMappingConfig[],
  ports: ConsumerPorts,
  options: ConsumerOptions = DEFAULT_CONSUMER_OPTIONS,
): EventSourceMappings {
  const closing = createClosing();
  const mappings = configs.map((config) => startMapping(config, ports, options, closing.signal));
  return {
    notes: mappings.flatMap(({ notes }) => notes),
    statuses: () => mappings.map(({ status }) => status()),
    async close() {
      closing.abort();
      await Promise.all(mappings.flatMap(({ running }) => running));
    },
  };
}

function startMapping(
  config: EventSourceMappingConfig,
  ports: ConsumerPorts,
  options: ConsumerOptions,
  signal: AbortSignal,
) {
  const { uuid, streamArn, enabled } = config;
  let lastProcessingResult = "No records processed";
  let discardedRecords = 0;
  const events = {
    result: (text: string) => {
      lastProcessingResult = text;
    },
    discarded: (count: number) => {
      discardedRecords += count;
    },
  };
  const shardIds = enabled ? ports.reader.shardIds(streamArn) : [];
  const isUnread = enabled && shardIds.length === 0;
  if (isUnread) events.result(`PROBLEM: Stream not found: ${streamArn}`);
  const unreadNote = `event source mapping ${uuid} reads ${streamArn}, which is no stream of this twin: it delivers nothing`;
  return {
    notes: isUnread ? [...notesOf(config), unreadNote] : notesOf(config),
    running: shardIds.map((shardId) => {
      const position = ports.reader.position(streamArn, shardId, startOf(config));
      return consumeShard({ config, shardId, ports, options, events, signal }, position);
    }),
    status: (): MappingStatus => ({
      uuid,
      state: enabled ? "Enabled" : "Disabled",
      lastProcessingResult,
      discardedRecords,
    }),
  };
}

function notesOf(config: EventSourceMappingConfig): string[] {
  const { uuid, onFailureDestinationArn } = config;
  if (onFailureDestinationArn === undefined || bucketOf(config) !== undefined) return [];
  return [
    `event source mapping ${uuid} sends failed batches to ${onFailureDestinationArn}: the twin delivers them to buckets only`,
  ];
}

function startOf({ startingPosition }: EventSourceMappingConfig) {
  switch (startingPosition.kind) {
    case "latest":
    case "trim-horizon":
      return startingPosition.kind;
    case "at-timestamp":
      return { timestampMs: startingPosition.timestampMs };
    default:
      return startingPosition satisfies never;
  }
}
