import type { ServiceLimits } from "../model/ports.ts";

/** The limits that admit everything. Every service asks before each use already; real budgets take this one's place. */
export const noLimits: ServiceLimits = { admit: () => true };
