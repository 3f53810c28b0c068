import { z } from "zod";
import { verdictSchema } from "../model/verdict.ts";

/** Name of a scenario or a load. */
export const shortName = z.string().regex(/^[a-z0-9-]+$/, "lower-case letters, digits and hyphens");

/** A duration or a deadline in milliseconds. */
export const durationMs = z.int().positive();

/** Which verdict events get that are no proof of a failure by themselves. */
export const eventPolicy = { duplicated: verdictSchema.default("unknown"), unexpected: verdictSchema.default("fail") };

/** At least one definition, each with its own name. */
export function listOfNamed<Definition extends z.ZodType<{ readonly name: string }>>(
  definition: Definition,
  what: string,
) {
  return z
    .array(definition)
    .min(1)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, `two ${what} have the same name`);
}
