import type { Hop } from "../../model/hop.ts";
import { type Need, needsOn } from "../../model/settings/need.ts";
import { arnOfNamed, type Place } from "../../model/settings/place.ts";

/**
 * What an identity must be allowed so that a load of these hops is complete: seen at the stream and in the table, its limits'
 * metrics read, its items cleaned up. Without `dynamodb:BatchWriteItem` items that nothing expires are left, and the report says so.
 */
export function loadNeeds(hops: readonly Hop[], place: Place): readonly Need[] {
  const streams = hops.flatMap((hop) =>
    hop.kind === "stream" ? arnOfNamed("kinesis", "stream/", hop.stream, place) : [],
  );
  const tables = hops.flatMap((hop) => (hop.kind === "item" ? arnOfNamed("dynamodb", "table/", hop.table, place) : []));
  return [
    ...needsOn(["cloudwatch:GetMetricData"], ["*"]),
    ...needsOn(["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"], [...new Set(streams)]),
    ...needsOn(
      ["dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:DescribeTimeToLive"],
      [...new Set(tables)],
    ),
  ];
}
