/**
 * What calls of the AWS API cost, in US dollars a call, us-east-1. Only those that are not free: describing resources, FilterLogEvents
 * and GetRecords of a provisioned stream cost nothing by the call.
 *
 * - aws.amazon.com/cloudwatch/pricing: GetMetricData $0.01 per 1,000 metrics (one metric a call here); GetMetricStatistics $0.01 per
 *   1,000 requests, after a million a month that are free (counted as if they were used up)
 * - aws.amazon.com/kms/pricing: $0.03 per 10,000 requests
 * - aws.amazon.com/s3/pricing: PUT, COPY, POST, LIST $0.005 per 1,000; GET and all others $0.0004 per 1,000
 * - aws.amazon.com/dynamodb/pricing/on-demand: $0.125 per million read request units; a consistent read of an item is one, and
 *   one call here reads few (provisioned capacity costs by the hour and nothing by the call: this is the upper bound)
 */
const USD_PER_CALL: Readonly<Record<string, number>> = {
  "cloudwatch:GetMetricData": 0.01 / 1_000,
  "cloudwatch:GetMetricStatistics": 0.01 / 1_000,
  "kms:*": 0.03 / 10_000,
  "s3:PUT": 0.005 / 1_000,
  "s3:POST": 0.005 / 1_000,
  "s3:LIST": 0.005 / 1_000,
  "s3:*": 0.0004 / 1_000,
  "dynamodb:BatchGetItem": (10 * 0.125) / 1_000_000,
};

/** When the prices above were read. */
export const CALL_PRICES_AS_OF = "2026-11";

/** The price of one call, `service:operation`; 0 for those that are free. */
export function priceOfCall(call: string): number {
  const service = call.slice(0, call.indexOf(":"));
  return USD_PER_CALL[call] ?? USD_PER_CALL[`${service}:*`] ?? 0;
}

/** Calls with what they cost, most called first. */
export function costOfCalls(
  calls: Readonly<Record<string, number>>,
): { readonly operation: string; readonly count: number; readonly usd: number }[] {
  return Object.entries(calls)
    .map(([operation, count]) => ({ operation, count, usd: count * priceOfCall(operation) }))
    .sort((left, right) => right.count - left.count || (left.operation < right.operation ? -1 : 1));
}
