import { defineLoads } from "../harness/pipelines/load-definition.ts";

/**
 * What `stackproof load` drives, one after the other: each entry on its own finds the highest rate that holds.
 * `sizing` names the Terraform variables of stack/ that set each limit.
 */
export default defineLoads([
  {
    name: "alb-load",
    proves: "The highest rate of events through the load balancer at which every one becomes an item in time.",
    pipeline: "alb",
    profile: {
      kind: "search",
      lowestEventsPerSecond: 5,
      highestEventsPerSecond: 1_000,
      stepMs: 8_000,
      budgetMs: 90_000,
    },
    sizing: {
      streamShards: { variable: "stream_shard_count" },
      tableWriteCapacity: { variable: "table_write_capacity", shape: "min-max" },
      tableReadCapacity: { variable: "table_read_capacity", shape: "min-max" },
      entryConcurrency: { variable: "ingest_reserved_concurrency" },
      entryMemoryMb: { variable: "ingest_memory_mb" },
      consumerConcurrency: { variable: "processor_reserved_concurrency" },
      consumerMemoryMb: { variable: "processor_memory_mb" },
      mappingBatchSize: { variable: "mapping_batch_size" },
      mappingParallelization: { variable: "mapping_parallelization_factor" },
    },
  },
  {
    name: "api-load",
    proves: "The highest rate of events through the API at which every one becomes an item in time.",
    pipeline: "api",
    profile: {
      kind: "search",
      lowestEventsPerSecond: 5,
      highestEventsPerSecond: 500,
      stepMs: 8_000,
      budgetMs: 90_000,
    },
    sizing: {
      entryConcurrency: { variable: "content_reserved_concurrency" },
      entryMemoryMb: { variable: "content_memory_mb" },
      apiRequestsPerSecond: { variable: "api_throttle_requests_per_second" },
      apiBurst: { variable: "api_throttle_burst" },
    },
  },
]);
