import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { DeepReadonly } from "../../model/deep-readonly.ts";
import { settingAbsentSchema, settingReadSchema } from "../../model/fact.ts";
import { rolesSchema } from "../../model/role.ts";

/** What `npm run healthy-account` records. */
export const RECORDING = fileURLToPath(new URL("healthy-account.json", import.meta.url));

const factSchema = z.discriminatedUnion("fact", [settingReadSchema, settingAbsentSchema]);
const recordingSchema = z.object({
  /** By the pipeline's name. */
  roles: z.record(z.string(), rolesSchema),
  account: z.array(factSchema),
  /** What Terraform's state, outputs and packages say. */
  terraform: z.array(factSchema),
});
export type Recording = DeepReadonly<z.infer<typeof recordingSchema>>;

export function readRecording(): Recording {
  return recordingSchema.parse(JSON.parse(readFileSync(RECORDING, "utf8")));
}
