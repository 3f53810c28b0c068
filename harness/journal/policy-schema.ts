import { z } from "zod";
import type { PolicyDocument } from "../model/settings/setting.ts";

const texts = z.array(z.string());
const principals = z.record(z.string(), texts);

/** A policy document as the readers normalize it. */
export const policySchema: z.ZodType<PolicyDocument> = z.object({
  version: z.string(),
  statements: z.array(
    z.object({
      sid: z.string(),
      effect: z.enum(["Allow", "Deny"]),
      principals,
      notPrincipals: principals,
      actions: texts,
      notActions: texts,
      resources: texts,
      notResources: texts,
      conditions: z.record(z.string(), z.record(z.string(), texts)),
    }),
  ),
});
