import type { Pace } from "./lane.ts";

/**
 * Well below the services' limits, since others call them too. API Gateway is the slowest: all its control operations of an account
 * share 10 requests a second, and GetResources has 5 every 2 seconds of its own
 * (docs.aws.amazon.com/apigateway/latest/developerguide/limits.html); DescribeContinuousBackups takes 10 a second, Kinesis'
 * DescribeStreamSummary 20, Lambda's reads other than GetFunction 15. IAM publishes no figures and throttles early.
 */
const PACES: Readonly<Record<string, Pace>> = {
  apigateway: { callsAtOnce: 2, burst: 5, callsPerSecond: 2 },
  iam: { callsAtOnce: 4, burst: 40, callsPerSecond: 8 },
};

const OTHERS: Pace = { callsAtOnce: 4, burst: 20, callsPerSecond: 8 };

/** The pace of the service that an IAM action belongs to. */
export function paceOf(service: string): Pace {
  return PACES[service] ?? OTHERS;
}
