import type { Clock } from "../model/ports.ts";
import { remembered } from "../model/remembered.ts";
import type { ApiThrottle, CapacityLimit, ServiceLimits } from "../model/service-limits.ts";
import { AWS_LIMITS, type Limits } from "./aws-limits.ts";
import { createFunctionLimits, type Reservation } from "./function-limits.ts";
import type { PlantedLimits } from "./limit-file.ts";
import { createShardLimits } from "./shard-limits.ts";
import { createTableLimits, type TableCapacity } from "./table-limits.ts";
import { TokenBucket } from "./token-bucket.ts";

/** What is limited, as the state has it. */
export interface LimitedState {
  readonly tables: readonly (TableCapacity & { readonly name: string })[];
  readonly functions: readonly Reservation[];
}

/** AWS' limits over the resources of a state, those of `planted` in their place; all on one clock. */
export function createServiceLimits(state: LimitedState, planted: PlantedLimits, clock: Clock): ServiceLimits {
  const limits: Limits = { ...AWS_LIMITS, ...planted };
  const shardsOf = remembered(() => remembered(() => createShardLimits(limits, clock)));
  const tables = new Map(state.tables.map((table) => [table.name, createTableLimits(table, limits, clock)]));
  return {
    ofShard: (streamArn, shardId) => shardsOf(streamArn)(shardId),
    ofTable: (tableName) => tables.get(tableName) ?? NO_TABLE,
    ofFunction: createFunctionLimits(state.functions, limits, clock),
    accountConcurrency: limits.accountConcurrency,
    apiRequests: throttle({ requestsPerSecond: limits.apiRequestsPerSecond, burst: limits.apiBurst }, clock),
    throttleOf: (settings) => throttle(settings, clock),
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html: the burst is the bucket's size. */
function throttle(
  { requestsPerSecond, burst }: { readonly requestsPerSecond: number; readonly burst: number },
  clock: Clock,
): ApiThrottle {
  const bucket = new TokenBucket({ tokensPerSecond: requestsPerSecond, size: burst }, clock.nowMs());
  return { admit: () => bucket.take(1, clock.nowMs()) };
}

const unlimited: CapacityLimit = { admit: () => true, correct: () => {} };

/** A table that is not there has no capacity to exceed: DynamoDB says itself that it is not there. */
const NO_TABLE = { mode: "provisioned", read: unlimited, write: unlimited } as const;
