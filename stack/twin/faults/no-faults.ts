import type { FaultAction, FaultPlan } from "../model/ports.ts";

const NONE: FaultAction = { kind: "none" };

/** The plan that plants nothing. Every hop asks its plan already; a seeded plan takes this one's place. */
export const noFaults: FaultPlan = { actionAt: () => NONE };
