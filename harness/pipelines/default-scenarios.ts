import type { Pipeline } from "./pipeline.ts";
import { type ScenarioDefinition, scenarioDefinitionSchema } from "./scenario-definition.ts";

/** Uploads are announced within seconds usually, sometimes minutes: https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html */
const UPLOAD_EVENTS_MS = 300_000;

/** What to prove of pipelines that come without scenarios: some events singly, and a batch where the entry takes one. */
export function defaultScenarios(pipelines: readonly Pipeline[]): ScenarioDefinition[] {
  return pipelines.map(({ name, entry }) => {
    const takesBatches = entry.kind !== "s3" && entry.batchBody !== undefined;
    return scenarioDefinitionSchema.parse({
      name: `${name}-to-table`,
      proves: `Every event that enters the pipeline ${name} becomes one item of its table.`,
      pipeline: name,
      send: { eventsPerRequest: takesBatches ? [1, 1, 1, 1, 8] : [1, 1, 1, 1, 1] },
      deadlines: entry.kind === "s3" ? { eventsMs: UPLOAD_EVENTS_MS } : {},
    });
  });
}
