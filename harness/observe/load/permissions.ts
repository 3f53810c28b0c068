import type { Hop } from "../../model/hop.ts";

/** A permission that watching a load needs, on resources as narrow as the API allows. */
export interface LoadNeed {
  readonly action: string;
  readonly resources: readonly string[];
}

/** Where a deployment is: what its ARNs share. */
export interface LoadPlace {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
}

/**
 * What an identity must be allowed so that a load of these hops is complete: seen at the stream and in the table, its limits'
 * metrics read, its items cleaned up. Without `dynamodb:BatchWriteItem` items that nothing expires are left, and the report says so.
 */
export function loadNeeds(hops: readonly Hop[], place: LoadPlace): LoadNeed[] {
  const arn = (service: string, resource: string) =>
    `arn:${place.partition}:${service}:${place.region}:${place.accountId}:${resource}`;
  const streams = hops.flatMap((hop) => (hop.kind === "stream" ? [arn("kinesis", `stream/${hop.stream}`)] : []));
  const tables = hops.flatMap((hop) => (hop.kind === "item" ? [arn("dynamodb", `table/${hop.table}`)] : []));
  return [
    ...allOn(["cloudwatch:GetMetricData"], ["*"]),
    ...allOn(["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"], streams),
    ...allOn(["dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:DescribeTimeToLive"], tables),
  ];
}

function allOn(actions: readonly string[], resources: readonly string[]): LoadNeed[] {
  return resources.length === 0 ? [] : actions.map((action) => ({ action, resources: [...new Set(resources)].sort() }));
}
