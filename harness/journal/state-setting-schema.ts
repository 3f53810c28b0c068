import { z } from "zod";
import type { StateSetting } from "../model/settings/state-setting.ts";
import { policySchema } from "./policy-schema.ts";

/** The shape of the settings in a journal that come from Terraform, held to the model's types by the compiler. */
const text = z.string();
const texts = z.array(text);

export const stateSettingSchema: z.ZodType<StateSetting> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("state-buckets"),
    buckets: z.array(z.object({ address: text, name: text, forceDestroy: z.boolean() })),
  }),
  z.object({
    kind: z.literal("state-notifications"),
    notifications: z.array(
      z.object({
        address: text,
        bucket: text,
        functionRules: z.array(z.object({ id: text, functionArn: text, events: texts, prefix: text, suffix: text })),
      }),
    ),
  }),
  z.object({
    kind: z.literal("state-functions"),
    functions: z.array(z.object({ address: text, name: text, fileName: text, sourceCodeHash: text })),
  }),
  z.object({
    kind: z.literal("state-keys"),
    keys: z.array(z.object({ address: text, arn: text, policy: policySchema })),
  }),
  z.object({
    kind: z.literal("built-packages"),
    packages: z.array(
      z.object({
        functionName: text,
        path: text,
        content: z.discriminatedUnion("kind", [
          z.object({ kind: z.literal("zip"), codeSha256: text }),
          z.object({ kind: z.literal("no-such-file") }),
          z.object({ kind: z.literal("not-built-here") }),
          z.object({ kind: z.literal("not-readable"), reason: text }),
        ]),
      }),
    ),
  }),
  z.object({
    kind: z.literal("package-builds"),
    command: text,
    packages: z.array(z.object({ file: text, codeSha256: z.tuple([text, text]) })),
  }),
  z.object({
    kind: z.literal("terraform-plan"),
    folder: text,
    changes: z.array(z.object({ address: text, type: text, actions: texts, attributes: texts })),
  }),
  z.object({
    kind: z.literal("outputs"),
    source: text,
    present: texts,
    missing: z.array(z.object({ name: text, reason: z.enum(["absent", "empty", "wrong-type"]), neededBy: text })),
  }),
]);

export const stateSettingKindSchema: z.ZodType<StateSetting["kind"]> = z.enum([
  "state-buckets",
  "state-notifications",
  "state-functions",
  "state-keys",
  "built-packages",
  "package-builds",
  "terraform-plan",
  "outputs",
]);
