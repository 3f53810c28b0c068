import { z } from "zod";
import type { DeepReadonly } from "../deep-readonly.ts";
import { readErrorSchema } from "../read-error.ts";
import { arnOf } from "./place.ts";
import { settingKind } from "./setting-kind.ts";

const principalsSchema = z.record(z.string(), z.array(z.string()));

/**
 * Normalized: numbers and booleans are text, a single value is a list of one, an absent element is an empty list, and the principal
 * `*` is `{ "*": ["*"] }`.
 */
const policyStatementSchema = z.object({
  sid: z.string(),
  effect: z.enum(["Allow", "Deny"]),
  principals: principalsSchema,
  notPrincipals: principalsSchema,
  actions: z.array(z.string()),
  notActions: z.array(z.string()),
  resources: z.array(z.string()),
  notResources: z.array(z.string()),
  /** Operator → condition key → values. */
  conditions: z.record(z.string(), z.record(z.string(), z.array(z.string()))),
});

export type PolicyStatement = DeepReadonly<z.infer<typeof policyStatementSchema>>;

/** An IAM policy. Rules reason about what it grants, not how it is written. */
export const policyDocumentSchema = z.object({ version: z.string(), statements: z.array(policyStatementSchema) });

export type PolicyDocument = DeepReadonly<z.infer<typeof policyDocumentSchema>>;

const roleSchema = z.object({
  kind: z.literal("role"),
  name: z.string(),
  arn: z.string(),
  trust: policyDocumentSchema,
  /** Inline policies by name, attached ones by ARN. */
  policies: z.array(z.object({ name: z.string(), document: policyDocumentSchema })),
  permissionsBoundary: policyDocumentSchema.nullable(),
});

export type RoleSetting = DeepReadonly<z.infer<typeof roleSchema>>;

const keyGrantSchema = z.object({
  /** ARN of a role or user, or a service principal. */
  granteePrincipal: z.string(),
  operations: z.array(z.string()),
  /** The encryption context that the grant requires: any, at least these pairs, or exactly these. */
  encryptionContext: z.object({
    match: z.enum(["any", "subset", "equals"]),
    pairs: z.record(z.string(), z.string()),
  }),
});

export type KeyGrant = DeepReadonly<z.infer<typeof keyGrantSchema>>;

const keySchema = z.object({
  kind: z.literal("key"),
  arn: z.string(),
  /** `Enabled`, `Disabled`, `PendingDeletion`, … */
  state: z.string(),
  /** `CUSTOMER` or `AWS`. */
  manager: z.string(),
  policy: policyDocumentSchema,
  /** They are read by a separate call: it may be denied while the rest is known. */
  grants: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("read"), value: z.array(keyGrantSchema) }),
    z.object({ kind: z.literal("unread"), error: readErrorSchema }),
  ]),
});

export type KeySetting = DeepReadonly<z.infer<typeof keySchema>>;

export const IDENTITY_KINDS = [
  settingKind(roleSchema, ["arn"]),
  settingKind(keySchema, ["arn"], (reference, place) =>
    /^(arn:|alias\/)/.test(reference) ? reference : arnOf("kms", `key/${reference}`, place),
  ),
] as const;
