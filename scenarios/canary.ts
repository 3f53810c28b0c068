import { defineCanary } from "../harness/pipelines/canary-definition.ts";

/** What `stackproof canary` proves on a schedule: one event through every entry, the settings, and the promises over many runs. */
export default defineCanary({
  scenarios: [
    {
      name: "alb-canary",
      proves: "An event posted to the load balancer becomes one item of the events table.",
      pipeline: "alb",
      send: { eventsPerRequest: [1] },
    },
    {
      name: "api-canary",
      proves: "An event posted to the API becomes one item of the content table.",
      pipeline: "api",
      send: { eventsPerRequest: [1] },
    },
    {
      name: "upload-canary",
      proves: "An object uploaded to the content bucket becomes one item of the content table.",
      pipeline: "upload",
      send: { eventsPerRequest: [1] },
      deadlines: { eventsMs: 300_000 },
    },
  ],
  watch: ["stream", "IncomingRecords"],
  objectives: { successRatio: 0.95, sinkLatencyMs: 30_000, metricsFreshnessMs: 300_000 },
});
