import type { LimitRule } from "./limit-rule.ts";
import { apiThrottle } from "./limits/api-throttle.ts";
import { consumerConcurrency } from "./limits/consumer-concurrency.ts";
import { consumerThroughput } from "./limits/consumer-throughput.ts";
import { entryConcurrency } from "./limits/entry-concurrency.ts";
import { sender } from "./limits/sender.ts";
import { shardBytes } from "./limits/shard-bytes.ts";
import { shardReads } from "./limits/shard-reads.ts";
import { shardRecords } from "./limits/shard-records.ts";
import { tableWriteCapacity } from "./limits/table-write-capacity.ts";

/** Every limit that the diagnosis knows. A new one is a new file and a line here. */
export const LIMIT_RULES: readonly LimitRule[] = [
  shardRecords,
  shardBytes,
  shardReads,
  tableWriteCapacity,
  entryConcurrency,
  consumerConcurrency,
  consumerThroughput,
  apiThrottle,
  sender,
];
