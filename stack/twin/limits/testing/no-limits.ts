import type { CapacityLimit, ServiceLimits } from "../../model/service-limits.ts";

const unlimited: CapacityLimit = { admit: () => true, correct: () => {} };

/** The limits that admit everything: for specifications of the services that ask them. */
export const noLimits: ServiceLimits = {
  ofShard: () => ({ admitRecord: () => true, admitRead: () => true, gaveOut: () => {} }),
  ofTable: () => ({ mode: "provisioned", read: unlimited, write: unlimited }),
  ofFunction: () => ({
    leastDurationMs: 0,
    begin: () => true,
    end: () => {},
    executions: () => ({ ofFunction: 1, ofAccount: 1, unreserved: 1 }),
  }),
  accountConcurrency: 1000,
  apiRequests: { admit: () => true },
  throttleOf: () => ({ admit: () => true }),
};
