import type { LoadMetric } from "../../model/load-fact.ts";
import { nameIn } from "../../model/resource-name.ts";
import type { Roles } from "../../model/role.ts";

/** A metric that shows one of a stack's limits, or how close it is. */
export interface LimitMetric {
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: LoadMetric["statistic"];
  readonly dimensions: Readonly<Record<string, string>>;
  /** Published in every minute in which events flow: its absence then means that it has not come yet. */
  readonly flows: boolean;
  /** Read while the load runs, too. */
  readonly live: boolean;
}

type Dimensions = LimitMetric["dimensions"];
type Row = readonly [metric: string, statistic: LoadMetric["statistic"], ...("flows" | "live")[]];

/** docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html */
const STREAM: readonly Row[] = [
  ["IncomingRecords", "Sum", "flows"],
  ["IncomingBytes", "Sum", "flows"],
  ["WriteProvisionedThroughputExceeded", "Sum"],
  ["PutRecords.ThrottledRecords", "Sum"],
  ["ReadProvisionedThroughputExceeded", "Sum"],
  ["GetRecords.Records", "Sum"],
  ["GetRecords.IteratorAgeMilliseconds", "Maximum", "live"],
];

/** docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
const FUNCTION: readonly Row[] = [
  ["Invocations", "Sum", "flows"],
  ["Errors", "Sum"],
  ["Throttles", "Sum"],
  ["ConcurrentExecutions", "Maximum"],
  ["Duration", "Average", "flows"],
];
const CONSUMER: readonly Row[] = [...FUNCTION, ["IteratorAge", "Maximum", "live"]];

/** docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html */
const TABLE: readonly Row[] = [
  ["ConsumedWriteCapacityUnits", "Sum", "flows"],
  ["ConsumedReadCapacityUnits", "Sum"],
  ["WriteThrottleEvents", "Sum"],
];
const TABLE_OPERATION: readonly Row[] = [["ThrottledRequests", "Sum"]];

/** docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
const LOAD_BALANCER: readonly Row[] = [
  ["RequestCount", "Sum", "flows"],
  ["HTTPCode_ELB_5XX_Count", "Sum"],
  ["HTTPCode_Target_5XX_Count", "Sum"],
  ["TargetResponseTime", "Average"],
];

/** docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
const API: readonly Row[] = [
  ["Count", "Sum", "flows"],
  ["4XXError", "Sum"],
  ["5XXError", "Sum"],
  ["Latency", "Average"],
];

/**
 * The metrics of a scenario's parts; a part that its stack lacks has none.
 *
 * @param apiName Metrics of an API bear its name, which is no role; undefined where it is not known, and then none of it is read.
 */
export function limitMetricsOf(roles: Roles, apiName: string | undefined): LimitMetric[] {
  const { stream, table, entryFunction, consumerFunction, loadBalancer, api, apiStage, tableActions = "" } = roles;
  const operations = tableActions.split(/\s+/).flatMap((action) => /^dynamodb:(.+)$/.exec(action)?.[1] ?? []);
  const functionOf = (role: string | undefined) => role && { FunctionName: nameIn(role) };
  return [
    ...rows("AWS/Kinesis", STREAM, stream && { StreamName: stream }),
    ...rows("AWS/Lambda", FUNCTION, functionOf(entryFunction)),
    ...rows("AWS/Lambda", CONSUMER, functionOf(consumerFunction)),
    ...rows("AWS/DynamoDB", TABLE, table && { TableName: table }),
    ...operations.flatMap((Operation) =>
      rows("AWS/DynamoDB", TABLE_OPERATION, table && { TableName: table, Operation }),
    ),
    ...rows("AWS/ApplicationELB", LOAD_BALANCER, loadBalancer && { LoadBalancer: suffixOf(loadBalancer) }),
    ...rows("AWS/ApiGateway", API, api && apiStage && apiName && { ApiName: asciiOf(apiName, api), Stage: apiStage }),
  ];
}

function rows(namespace: string, metrics: readonly Row[], dimensions: Dimensions | "" | undefined): LimitMetric[] {
  if (dimensions === undefined || dimensions === "") return [];
  return metrics.map(([metric, statistic, ...marks]) => {
    return { namespace, metric, statistic, dimensions, flows: marks.includes("flows"), live: marks.includes("live") };
  });
}

/** `app/name/id` of a load balancer's ARN. */
function suffixOf(arn: string): string {
  return arn.split(":loadbalancer/")[1] ?? arn;
}

/** API Gateway takes what is not ASCII out of the name, and where nothing is left takes the identifier. */
function asciiOf(apiName: string, apiId: string): string {
  return [...apiName].filter((letter) => (letter.codePointAt(0) ?? 128) < 128).join("") || apiId;
}
