import { z } from "zod";
import { durationMs, eventPolicy, listOfNamed, shortName } from "./definition-fields.ts";

/** A scenario as a user writes it: which pipeline, what to send, how long to wait, what to make of oddities. */
export const scenarioDefinitionSchema = z.strictObject({
  /** Unique, for `--only` and reports. */
  name: shortName,
  /** The sentence that it proves. */
  proves: z.string().min(1),
  pipeline: z.string().min(1),
  send: z.strictObject({
    /** Events in each request, in order: `[1, 1, 8]` is two single events and a batch of eight. */
    eventsPerRequest: z.array(z.int().min(1).max(500)).min(1),
    intervalMs: z.int().nonnegative().default(50),
  }),
  /** Counted from the last send. The defaults fit AWS: see the README of scenarios/. */
  deadlines: z
    .strictObject({
      requestMs: durationMs.default(15_000),
      eventsMs: durationMs.default(120_000),
      logsMs: durationMs.default(180_000),
      metricsMs: durationMs.default(600_000),
    })
    .prefault({}),
  policy: z.strictObject(eventPolicy).prefault({}),
});

export const scenariosSchema = listOfNamed(scenarioDefinitionSchema, "scenarios");

export type ScenarioDefinition = z.infer<typeof scenarioDefinitionSchema>;

/** Gives a scenarios file its types; the file is checked when it is loaded. */
export function defineScenarios(scenarios: z.input<typeof scenariosSchema>): z.input<typeof scenariosSchema> {
  return scenarios;
}
