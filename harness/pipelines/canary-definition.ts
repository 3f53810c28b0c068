import { z } from "zod";
import { objectivesSchema } from "../model/canary.ts";
import { scenariosSchema } from "./scenario-definition.ts";

const objectives = objectivesSchema.shape;

/** A canary as a user writes it: a few events through every entry, what must hold over many runs, and what one may cost. */
export const canarySchema = z.strictObject({
  scenarios: scenariosSchema,
  /** Names of the hops to watch in addition to entry and sink; all others are left out, because each look costs calls and time. */
  watch: z.array(z.string()).default([]),
  objectives: z
    .strictObject({
      successRatio: objectives.successRatio.default(0.95),
      windowRuns: objectives.windowRuns.default(100),
      trendFailures: objectives.trendFailures.default(2),
      trendRuns: objectives.trendRuns.default(10),
      leastRuns: objectives.leastRuns.default(5),
      blip: objectives.blip.default("unknown"),
      sinkLatencyMs: objectives.sinkLatencyMs.default(30_000),
      metricsFreshnessMs: objectives.metricsFreshnessMs.default(300_000),
      timeBudgetMs: objectives.timeBudgetMs.default(420_000),
      costBudgetUsd: objectives.costBudgetUsd.default(0.0012),
    })
    .prefault({}),
});

export type CanaryDefinition = z.infer<typeof canarySchema>;

/** Gives a canary file its types; the file is checked when it is loaded. */
export function defineCanary(canary: z.input<typeof canarySchema>): z.input<typeof canarySchema> {
  return canary;
}
