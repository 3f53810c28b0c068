import { z } from "zod";
import { scenariosSchema } from "./scenario-definition.ts";

const ratio = z.number().gt(0).max(1);

/** A canary as a user writes it: a few events through every entry, what must hold over many runs, and what one may cost. */
export const canarySchema = z.strictObject({
  scenarios: scenariosSchema,
  /** Names of the hops to watch beside entry and sink; all others are left out, because each look costs calls and time. */
  watch: z.array(z.string()).default([]),
  objectives: z
    .strictObject({
      successRatio: ratio.default(0.95),
      windowRuns: z.int().positive().default(100),
      trendFailures: z.int().positive().default(2),
      trendRuns: z.int().positive().default(10),
      leastRuns: z.int().nonnegative().default(5),
      blip: z.enum(["pass", "unknown"]).default("unknown"),
      sinkLatencyMs: z.number().positive().default(30_000),
      metricsFreshnessMs: z.number().positive().default(300_000),
      timeBudgetMs: z.number().positive().default(420_000),
      costBudgetUsd: z.number().positive().default(0.0012),
    })
    .prefault({}),
});

export type CanaryDefinition = z.infer<typeof canarySchema>;

/** Gives a canary file its types; the file is checked when it is loaded. */
export function defineCanary(canary: z.input<typeof canarySchema>): z.input<typeof canarySchema> {
  return canary;
}
