import { type CanaryDefinition, canarySchema } from "./canary-definition.ts";
import type { Pipeline } from "./pipeline.ts";
import { type ScenarioDefinition, scenarioDefinitionSchema } from "./scenario-definition.ts";

/** Uploads are announced within seconds usually, sometimes minutes: https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html */
const UPLOAD_EVENTS_MS = 300_000;

/** What to prove of pipelines that come without scenarios: some events singly, and a batch where the entry takes one. */
export function defaultScenarios(pipelines: readonly Pipeline[]): ScenarioDefinition[] {
  return pipelines.map((pipeline) => {
    const { entry } = pipeline;
    const takesBatches = entry.kind !== "s3" && entry.batchBody !== undefined;
    return scenarioOf(pipeline, "to-table", takesBatches ? [1, 1, 1, 1, 8] : [1, 1, 1, 1, 1]);
  });
}

/** A canary for pipelines that come without one: an event through each, seen at its streams and in its counts of events on the way. */
export function defaultCanary(pipelines: readonly Pipeline[]): CanaryDefinition {
  const onTheWay = pipelines.flatMap(({ hops }) =>
    hops.filter((hop) => hop.kind === "stream" || (hop.kind === "metric" && hop.counts === "events")),
  );
  return canarySchema.parse({
    scenarios: pipelines.map((pipeline) => scenarioOf(pipeline, "canary", [1])),
    watch: [...new Set(onTheWay.map(({ name }) => name))],
  });
}

function scenarioOf({ name, entry }: Pipeline, ending: string, eventsPerRequest: number[]): ScenarioDefinition {
  return scenarioDefinitionSchema.parse({
    name: `${name}-${ending}`,
    proves: `Every event that enters the pipeline ${name} becomes one item of its table.`,
    pipeline: name,
    send: { eventsPerRequest },
    deadlines: entry.kind === "s3" ? { eventsMs: UPLOAD_EVENTS_MS } : {},
  });
}
