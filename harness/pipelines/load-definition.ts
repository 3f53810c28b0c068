import { z } from "zod";
import { profileSchemas, sizingKnobSchema, sizingVariableSchema } from "../model/load.ts";
import { durationMs, eventPolicy, listOfNamed, shortName } from "./definition-fields.ts";

const { steady, ramp, step, spike, search } = profileSchemas(z.number().positive(), durationMs);

const profile = z.discriminatedUnion("kind", [
  steady.strict(),
  ramp.strict(),
  step.extend({ steps: z.array(step.shape.steps.element.strict()).min(1) }).strict(),
  spike.strict(),
  search
    .strict()
    .refine(
      ({ lowestEventsPerSecond, highestEventsPerSecond }) => lowestEventsPerSecond < highestEventsPerSecond,
      "lowest must be below highest",
    ),
]);

const sizingVariable = sizingVariableSchema
  .extend({
    variable: z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]*$/, "the name of a Terraform variable"),
    shape: sizingVariableSchema.shape.shape.default("number"),
  })
  .strict();

/** A load as a user writes it: which pipeline, how hard, what must hold, and which Terraform variables size the stack. */
const loadDefinitionSchema = z.strictObject({
  /** Unique, for `--only` and reports. */
  name: shortName,
  proves: z.string().min(1),
  pipeline: z.string().min(1),
  profile,
  eventsPerRequest: z.int().min(1).max(500).default(1),
  /** Events are padded to this size where they are smaller. */
  bodyBytes: z.int().min(64).max(1_000_000).optional(),
  policy: z
    .strictObject({
      latencyP99Ms: z.number().positive().default(1_000),
      errorRatio: z.number().min(0).max(1).default(0.001),
      sinkP99Ms: z.number().positive().default(10_000),
      iteratorAgeMs: z.number().positive().default(10_000),
      ...eventPolicy,
    })
    .prefault({}),
  deadlines: z
    .strictObject({
      requestMs: durationMs.default(30_000),
      /** How long after the last send an event may take to the sink. */
      eventsMs: durationMs.default(300_000),
      metricsMs: durationMs.default(600_000),
    })
    .prefault({}),
  sizing: z.partialRecord(sizingKnobSchema, sizingVariable).default({}),
});

export const loadsSchema = listOfNamed(loadDefinitionSchema, "loads");

export type LoadDefinition = z.infer<typeof loadDefinitionSchema>;

/** Gives a loads file its types; the file is checked when it is loaded. */
export function defineLoads(loads: z.input<typeof loadsSchema>): z.input<typeof loadsSchema> {
  return loads;
}
