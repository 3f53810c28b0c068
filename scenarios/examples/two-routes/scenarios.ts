import { defineScenarios } from "../../../harness/pipelines/scenario-definition.ts";

/** Scenarios of one's own, in TypeScript: an editor knows every field. `verify --pipelines pipelines.ts --scenarios scenarios.ts` proves them. */
export default defineScenarios([
  {
    name: "orders-in-a-batch",
    proves: "Orders that are posted together all reach the ledger.",
    pipeline: "orders",
    send: { eventsPerRequest: [1, 5], intervalMs: 100 },
    policy: { duplicated: "pass" },
  },
  {
    name: "single-returns",
    proves: "Each return reaches the ledger within ten seconds.",
    pipeline: "returns",
    send: { eventsPerRequest: [1, 1, 1] },
    deadlines: { eventsMs: 10_000 },
  },
]);
