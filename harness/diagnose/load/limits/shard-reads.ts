import type { LimitRule } from "../limit-rule.ts";
import { refusalsIn } from "../refusals.ts";

/** A shard gives out no more: 2 MB/s and 5 GetRecords/s, all readers together. */
export const shardReads: LimitRule = {
  limit: "shard-reads",
  movement(evidence, phase) {
    const { stream } = evidence.size;
    if (stream === null) return { kind: "not-there" };
    const dimensions = { StreamName: stream.name };
    const query = (metric: string) => ({ namespace: "AWS/Kinesis", metric, statistic: "Sum", dimensions }) as const;
    return refusalsIn(
      evidence,
      phase,
      `stream ${stream.name}`,
      [query("ReadProvisionedThroughputExceeded")],
      query("GetRecords.Records"),
    );
  },
  explains: ["consumer-throughput"],
};
