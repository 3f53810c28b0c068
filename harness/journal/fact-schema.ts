import { z } from "zod";
import { type Fact, factSchemas } from "../model/fact.ts";
import { readErrorSchema } from "../model/read-error.ts";
import { settingKindSchema as kind, settingSchema } from "../model/settings/setting.ts";

export const factSchema: z.ZodType<Fact> = z.discriminatedUnion("fact", [
  ...factSchemas,
  z.object({
    fact: z.literal("setting"),
    atMs: z.number(),
    subject: z.string(),
    setting: settingSchema,
  }),
  z.object({ fact: z.literal("setting-absent"), atMs: z.number(), kind, subject: z.string() }),
  z.object({
    fact: z.literal("setting-unread"),
    atMs: z.number(),
    kind,
    subject: z.string(),
    error: readErrorSchema,
  }),
]);
