import type { LimitRule } from "./limit-rule.ts";
import { apiThrottle } from "./limits/api-throttle.ts";
import { consumerThroughput } from "./limits/consumer-throughput.ts";
import { consumerConcurrency, entryConcurrency } from "./limits/function-throttles.ts";
import { sender } from "./limits/sender.ts";
import { shardReads } from "./limits/shard-reads.ts";
import { shardBytes, shardRecords } from "./limits/shard-writes.ts";
import { tableWriteCapacity } from "./limits/table-write-capacity.ts";

/** Every limit that the diagnosis knows. A new one is a rule and a line here. */
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
