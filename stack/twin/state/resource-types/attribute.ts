import { z } from "zod";

/**
 * Shapes that recur in Terraform's state. A resource's attributes keep the names that the AWS provider gives them, so
 * that they can be looked up in its documentation and named in an error as the reader's own Terraform spells them.
 * The state writes an absent value as null, as an empty string or leaves it out: all three read as `undefined`.
 */
export const text = z.string().min(1);

export const optionalText = z
  .string()
  .nullish()
  .transform((value) => (value === null || value === "" ? undefined : value));

export const optionalNumber = z
  .number()
  .nullish()
  .transform((value) => value ?? undefined);

export const numberOr = (fallback: number) =>
  z
    .number()
    .nullish()
    .transform((value) => value ?? fallback);

export const textOr = (fallback: string) =>
  z
    .string()
    .nullish()
    .transform((value) => (value === undefined || value === null || value === "" ? fallback : value));

export const flagOr = (fallback: boolean) =>
  z
    .boolean()
    .nullish()
    .transform((value) => value ?? fallback);

/** A map of texts; absent reads as empty. Null values, which Terraform keeps for unset entries, are left out. */
export const textMap = z
  .record(z.string(), z.string().nullable())
  .nullish()
  .transform((map) => {
    const kept: Record<string, string> = {};
    for (const [key, value] of Object.entries(map ?? {})) if (value !== null) kept[key] = value;
    return kept;
  });

/** A list or a set of texts; absent reads as empty. */
export const texts = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

/** Repeated blocks; absent reads as an empty list. */
export const blocks = <S extends z.ZodRawShape>(attributes: S) =>
  z
    .array(z.object(attributes))
    .nullish()
    .transform((list) => list ?? []);

/** A block that occurs at most once; the state writes it as a list of none or one. */
export const block = <S extends z.ZodRawShape>(attributes: S) =>
  z
    .array(z.object(attributes))
    .nullish()
    .transform((list) => list?.[0]);

const TERRAFORM_TYPES = z.registry<{ readonly types: readonly string[] }>();

/** All resources of one kind: what Terraform calls their type (it may have an older name as well), and their attributes. */
export const resources = <S extends z.ZodRawShape>(types: readonly string[], attributes: S) =>
  z
    .array(
      z.object({
        ...attributes,
        /** The address it has in Terraform. */
        address: z.string(),
        /** The addresses of what it was made after, without indexes; absent where the state does not say. */
        dependsOn: z.array(z.string()).optional(),
      }),
    )
    .register(TERRAFORM_TYPES, { types });

/** What Terraform calls the type of these resources. */
export function terraformTypesOf(schema: z.ZodType): readonly string[] {
  return TERRAFORM_TYPES.get(schema)?.types ?? [];
}
