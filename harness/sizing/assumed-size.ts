import type { Roles } from "../model/role.ts";
import type { StackSize } from "../model/stack-size.ts";

/** Memory that functions are taken to have. */
const ASSUMED_MEMORY_MB = 1_024;

/**
 * A pipeline's parts before any setting was read: those that its roles name, taken for such as are paid by request, so that what an
 * estimate says of them is on the high side.
 */
export function assumedSize(roles: Roles, region: string): StackSize {
  const aFunction = (name: string | undefined) =>
    name === undefined ? null : { name, memoryMb: ASSUMED_MEMORY_MB, reservedConcurrency: null };
  return {
    region,
    stream: roles.stream === undefined ? null : { name: roles.stream, openShards: 1, isOnDemand: false },
    table:
      roles.table === undefined
        ? null
        : {
            name: roles.table,
            isOnDemand: true,
            writeCapacity: 0,
            readCapacity: 0,
            writeScaling: null,
            readScaling: null,
          },
    entryFunction: aFunction(roles.entryFunction),
    consumerFunction: aFunction(roles.consumerFunction),
    mapping: null,
    api: roles.api === undefined ? null : { name: roles.api, requestsPerSecond: null, burst: null },
    loadBalancer: roles.loadBalancer ?? null,
    unread: [],
  };
}
