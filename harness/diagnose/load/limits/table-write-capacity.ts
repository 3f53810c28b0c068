import type { LimitRule } from "../limit-rule.ts";
import type { MetricQuery } from "../metric-table.ts";
import { refusalsIn } from "../refusals.ts";

/**
 * The table takes no more writes. Both counts come only when something was refused; the consumed units come with every write.
 * docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export const tableWriteCapacity: LimitRule = {
  limit: "table-write-capacity",
  movement(evidence, phase) {
    const { table } = evidence.size;
    if (table === null) return { kind: "not-there" };
    const dimensions = { TableName: table.name };
    const query = (metric: string): MetricQuery => ({
      namespace: "AWS/DynamoDB",
      metric,
      statistic: "Sum",
      dimensions,
    });
    const refused = refusalsIn(
      evidence,
      phase,
      `table ${table.name}`,
      [query("WriteThrottleEvents")],
      query("ConsumedWriteCapacityUnits"),
    );
    if (refused.kind !== "moved") return refused;
    const capacity = table.isOnDemand
      ? "the table is on demand"
      : `${table.writeCapacity} write capacity units are provisioned`;
    return { ...refused, evidence: [...refused.evidence, capacity] };
  },
  // Who writes to it sends again and waits: it lasts longer, falls behind, and is at work more often at once.
  explains: ["consumer-throughput", "consumer-concurrency", "entry-concurrency"],
};
