import { defineScenarios } from "../harness/pipelines/scenario-definition.ts";

/** What `stackproof verify` proves. The three run side by side. */
export default defineScenarios([
  {
    name: "alb-to-table",
    proves: "Every event posted to the load balancer, alone or in a batch, becomes one item of the events table.",
    pipeline: "alb",
    send: { eventsPerRequest: [1, 1, 1, 1, 8] },
  },
  {
    name: "api-to-table",
    proves: "Every event posted to the API becomes one item of the content table.",
    pipeline: "api",
    send: { eventsPerRequest: [1, 1, 1, 1, 1] },
  },
  {
    name: "upload-to-table",
    proves: "Every object uploaded to the content bucket becomes one item of the content table.",
    pipeline: "upload",
    send: { eventsPerRequest: [1, 1, 1, 1, 1] },
    deadlines: { eventsMs: 300_000 },
  },
]);
