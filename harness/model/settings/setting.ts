import { z } from "zod";
import type { DeepReadonly } from "../deep-readonly.ts";
import { API_KINDS } from "./api-setting.ts";
import { DATA_KINDS } from "./data-setting.ts";
import { FUNCTION_KINDS } from "./function-setting.ts";
import { IDENTITY_KINDS } from "./identity-setting.ts";
import { LOAD_BALANCER_KINDS } from "./load-balancer-setting.ts";
import { NETWORK_KINDS } from "./network-setting.ts";
import { type StateSetting, stateSettingKindSchema, stateSettingSchema } from "./state-setting.ts";

/** Every kind of setting of the account. The types, the journal's schema and the subjects are derived from this list. */
export const SETTING_KINDS = [
  ...LOAD_BALANCER_KINDS,
  ...NETWORK_KINDS,
  ...FUNCTION_KINDS,
  ...IDENTITY_KINDS,
  ...DATA_KINDS,
  ...API_KINDS,
] as const;

const [first, ...others] = SETTING_KINDS;
const accountSettingSchema = z.discriminatedUnion("kind", [first.schema, ...others.map(({ schema }) => schema)]);
const accountKindSchema = z.enum(accountSettingSchema.options.map(({ shape }) => shape.kind.value));

/**
 * How a resource behind a pipeline is configured, read from the account once per run and journalled; rules judge it and never call
 * AWS. Names follow the AWS API. Only what a rule needs is kept, and nothing that may be secret: of a function's environment, only
 * values that are also in the deployment's outputs.
 */
export type Setting = DeepReadonly<z.infer<typeof accountSettingSchema>>;
export type SettingKind = Setting["kind"];

/** A setting from the account or from Terraform. */
export type AnySetting = Setting | StateSetting;
export type AnySettingKind = AnySetting["kind"];

/** The setting of a kind. */
export type SettingOf<Kind extends AnySettingKind> = Extract<AnySetting, { readonly kind: Kind }>;

export const settingSchema = z.union([accountSettingSchema, stateSettingSchema]);
export const settingKindSchema = z.union([accountKindSchema, stateSettingKindSchema]);

/** Whether a setting is of a kind. */
export function isOfKind<Kind extends AnySettingKind>(setting: AnySetting, kind: Kind): setting is SettingOf<Kind> {
  return setting.kind === kind;
}

/** Whether a kind comes from Terraform rather than the account. */
export function isStateKind(kind: AnySettingKind): kind is StateSetting["kind"] {
  return stateSettingKindSchema.safeParse(kind).success;
}
