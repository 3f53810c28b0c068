import type { LimitName } from "../../model/load.ts";
import type { Roles } from "../../model/role.ts";
import type { KnobValues } from "../../sizing/knob-values.ts";

/** A twin with one limit lower than all others, and the rate at which that limit is met. */
export interface PlantedTwin {
  readonly name: string;
  readonly load: "alb-load" | "api-load";
  readonly limit: LimitName;
  /** From the planted limit alone. */
  readonly eventsPerSecond: number;
  /** What the state is changed to. */
  readonly sizes: KnobValues;
  /** The twin's limit file. */
  readonly limits: Readonly<Record<string, unknown>>;
  readonly bodyBytes?: number;
  readonly eventsPerRequest?: number;
}

export const ROLES: Readonly<Record<PlantedTwin["load"], Roles>> = {
  "alb-load": {
    stream: "stackproof-dev-events",
    table: "stackproof-dev-events",
    entryFunction: "stackproof-dev-ingest",
    consumerFunction: "stackproof-dev-processor",
  },
  "api-load": { entryFunction: "stackproof-dev-content", table: "stackproof-dev-content" },
};

/** Nothing of this is met at the rates of the bench. */
const AMPLE: KnobValues = {
  streamShards: 2,
  tableWriteCapacity: { min: 4_000, max: 4_000 },
  mappingParallelization: 4,
};
const INGEST = "stackproof-dev-ingest";
const PROCESSOR = "stackproof-dev-processor";
const CONTENT = "stackproof-dev-content";
/** Bytes that a record's partition key adds: the event's tag. */
const KEY_BYTES = 36;

const shardRecords = (shards: number, perShard: number): PlantedTwin => ({
  name: `${shards} shards of ${perShard} records/s`,
  load: "alb-load",
  limit: "shard-records",
  eventsPerSecond: shards * perShard,
  sizes: { ...AMPLE, streamShards: shards },
  limits: { shardRecordsPerSecond: perShard },
});

const shardBytes = (shards: number, perShard: number, bodyBytes: number): PlantedTwin => ({
  name: `${shards} shards of ${perShard} bytes/s`,
  load: "alb-load",
  limit: "shard-bytes",
  eventsPerSecond: (shards * perShard) / (bodyBytes + KEY_BYTES),
  sizes: { ...AMPLE, streamShards: shards },
  limits: { shardBytesPerSecond: perShard },
  bodyBytes,
});

const tableUnits = (units: number, burstSeconds: number): PlantedTwin => ({
  name: `${units} write units, ${burstSeconds} s of burst`,
  load: "alb-load",
  limit: "table-write-capacity",
  eventsPerSecond: units,
  sizes: { ...AMPLE, tableWriteCapacity: { min: units, max: units } },
  limits: { tableBurstSeconds: burstSeconds },
});

/**
 * Without a queue the least unevenness of arrivals is refused: places are many, so that one of them is less than 5%, and long taken, so
 * that a moment in which the machine does something else is little of it.
 */
const entryPlaces = (places: number, durationMs: number): PlantedTwin => ({
  name: `${places} ingest at once, ${durationMs} ms each`,
  load: "alb-load",
  limit: "entry-concurrency",
  eventsPerSecond: (places * 1_000) / durationMs,
  sizes: { ...AMPLE, entryConcurrency: places },
  limits: { functionDurationMs: { [INGEST]: durationMs } },
});

const contentPlaces = (places: number, durationMs: number): PlantedTwin => ({
  name: `${places} content at once, ${durationMs} ms each`,
  load: "api-load",
  limit: "entry-concurrency",
  eventsPerSecond: (places * 1_000) / durationMs,
  sizes: { entryConcurrency: places },
  limits: { functionDurationMs: { [CONTENT]: durationMs } },
});

/**
 * Events fall on shards by chance: of `n` events the busier of two shards gets its half and some `0.8 / sqrt(n)` of it more, and it is
 * the one that falls behind. So lanes of two shards carry enough for that to be less than 2% of a step.
 */
const consumerLanes = (
  shards: number,
  batchSize: number,
  durationMs: number,
  eventsPerRequest: number,
): PlantedTwin => ({
  name: `${shards} batches of ${batchSize} at once, ${durationMs} ms each`,
  load: "alb-load",
  limit: "consumer-throughput",
  eventsPerSecond: (shards * batchSize * 1_000) / durationMs,
  sizes: { ...AMPLE, streamShards: shards, mappingBatchSize: batchSize, mappingParallelization: 1 },
  limits: { functionDurationMs: { [PROCESSOR]: durationMs } },
  eventsPerRequest,
});

const apiRequests = (requestsPerSecond: number, burst: number): PlantedTwin => ({
  name: `${requestsPerSecond} API requests/s, burst ${burst}`,
  load: "api-load",
  limit: "api-throttle",
  eventsPerSecond: requestsPerSecond,
  sizes: { apiRequestsPerSecond: requestsPerSecond, apiBurst: burst },
  limits: {},
});

export const PLANTED_TWINS: readonly PlantedTwin[] = [
  shardRecords(1, 40),
  shardRecords(2, 35),
  shardBytes(1, 100_000, 2_000),
  tableUnits(20, 300),
  tableUnits(45, 5),
  tableUnits(70, 1),
  entryPlaces(48, 800),
  entryPlaces(36, 800),
  contentPlaces(30, 800),
  consumerLanes(1, 10, 250, 1),
  consumerLanes(2, 70, 400, 10),
  apiRequests(30, 15),
  apiRequests(60, 120),
];
