/** A price as its page states it. */
export interface Price {
  readonly usd: number;
  readonly per: string;
  readonly page: string;
}

/** The one table of prices: us-east-1, without free tiers and volume discounts. */
export const PRICES_REGION = "us-east-1";
export const PRICES_AS_OF = "2024-11";
export const HOURS_PER_MONTH = 730;
export const SECONDS_PER_MONTH = HOURS_PER_MONTH * 3600;

const KINESIS = "https://aws.amazon.com/kinesis/data-streams/pricing/";
const PROVISIONED = "https://aws.amazon.com/dynamodb/pricing/provisioned/";
const ON_DEMAND = "https://aws.amazon.com/dynamodb/pricing/on-demand/";
const LAMBDA = "https://aws.amazon.com/lambda/pricing/";
const ELB = "https://aws.amazon.com/elasticloadbalancing/pricing/";
const API_GATEWAY = "https://aws.amazon.com/api-gateway/pricing/";
const CLOUDWATCH = "https://aws.amazon.com/cloudwatch/pricing/";

export const PRICES = {
  shardHour: { usd: 0.015, per: "shard-hour", page: KINESIS },
  /** A record counts one unit for each 25 KB. */
  putUnit: { usd: 0.014 / 1e6, per: "PUT payload unit of 25 KB", page: KINESIS },
  onDemandStreamHour: { usd: 0.04, per: "stream-hour on demand", page: KINESIS },
  onDemandStreamGbIn: { usd: 0.08, per: "GB written on demand", page: KINESIS },
  onDemandStreamGbOut: { usd: 0.04, per: "GB read on demand", page: KINESIS },
  writeUnitHour: { usd: 0.00065, per: "write capacity unit and hour", page: PROVISIONED },
  readUnitHour: { usd: 0.00013, per: "read capacity unit and hour", page: PROVISIONED },
  /** Halved in November 2024. */
  writeRequestUnit: { usd: 0.625 / 1e6, per: "write request unit on demand", page: ON_DEMAND },
  readRequestUnit: { usd: 0.125 / 1e6, per: "read request unit on demand", page: ON_DEMAND },
  lambdaGbSecond: { usd: 0.0000166667, per: "GB-second on x86", page: LAMBDA },
  lambdaRequest: { usd: 0.2 / 1e6, per: "request", page: LAMBDA },
  loadBalancerHour: { usd: 0.0225, per: "hour", page: ELB },
  loadBalancerUnitHour: { usd: 0.008, per: "LCU-hour", page: ELB },
  apiRequest: { usd: 3.5 / 1e6, per: "REST request, the first 333 million", page: API_GATEWAY },
  logGb: { usd: 0.5, per: "GB of logs taken in", page: CLOUDWATCH },
} as const satisfies Readonly<Record<string, Price>>;

/** One LCU carries 0.4 GB an hour to functions, 25 new connections a second, 3,000 active ones, 1,000 rule evaluations a second. */
export const LCU_GB_PER_HOUR = 0.4;
export const LCU_RULES_PER_SECOND = 1_000;
export const PUT_UNIT_BYTES = 25 * 1024;
