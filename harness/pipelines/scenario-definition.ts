import { z } from "zod";

const verdict = z.enum(["pass", "unknown", "fail"]);
const durationMs = z.int().positive();

/** A scenario as a user writes it: which pipeline, what to send, how long to wait, what to make of oddities. */
export const scenarioDefinitionSchema = z.strictObject({
  /** Short and unique, for `--only` and reports. */
  name: z.string().regex(/^[a-z0-9-]+$/, "lower-case letters, digits and hyphens"),
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
  policy: z.strictObject({ duplicated: verdict.default("unknown"), unexpected: verdict.default("fail") }).prefault({}),
});

export const scenariosSchema = z
  .array(scenarioDefinitionSchema)
  .min(1)
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "two scenarios have the same name");

export type ScenarioDefinition = z.infer<typeof scenarioDefinitionSchema>;

/** Gives a scenarios file its types; the file is checked when it is loaded. */
export function defineScenarios(scenarios: z.input<typeof scenariosSchema>): z.input<typeof scenariosSchema> {
  return scenarios;
}
