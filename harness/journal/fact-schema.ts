import { z } from "zod";
import { type Fact, factSchemas } from "../model/fact.ts";
import { readErrorSchema } from "../model/read-error.ts";
import { settingKindSchema, settingSchema } from "./setting-schema.ts";
import { stateSettingKindSchema, stateSettingSchema } from "./state-setting-schema.ts";

const kind = z.union([settingKindSchema, stateSettingKindSchema]);

export const factSchema: z.ZodType<Fact> = z.discriminatedUnion("fact", [
  ...factSchemas,
  z.object({
    fact: z.literal("setting"),
    atMs: z.number(),
    subject: z.string(),
    setting: z.union([settingSchema, stateSettingSchema]),
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
