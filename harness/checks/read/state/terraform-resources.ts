import { z } from "zod";
import type { TerraformResource } from "../../../model/terraform-resource.ts";

const values = z.record(z.string(), z.unknown());

interface Module {
  resources?:
    | { address: string; mode: string; type: string; values?: Record<string, unknown> | undefined }[]
    | undefined;
  child_modules?: Module[] | undefined;
}

const module: z.ZodType<Module> = z.object({
  resources: z
    .array(z.object({ address: z.string(), mode: z.string(), type: z.string(), values: values.optional() }))
    .optional(),
  get child_modules() {
    return z.array(module).optional();
  },
});

/** `terraform show -json`: developer.hashicorp.com/terraform/internals/json-format#state-representation */
const shown = z.object({ format_version: z.string(), values: z.object({ root_module: module }) });

/** A `terraform.tfstate` file, version 4. */
const stateFile = z.object({
  version: z.literal(4),
  resources: z.array(
    z.object({
      module: z.string().optional(),
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(
        z.object({ index_key: z.union([z.string(), z.number()]).optional(), attributes: values.nullish() }),
      ),
    }),
  ),
});

/** The managed resources in the JSON of a state; undefined where it is none (outputs alone). */
export function resourcesOf(json: unknown): readonly TerraformResource[] | undefined {
  const asShown = shown.safeParse(json);
  if (asShown.success) return resourcesOfModule(asShown.data.values.root_module);
  const asFile = stateFile.safeParse(json);
  if (!asFile.success) return undefined;
  return asFile.data.resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ module: path, type, name, instances }) =>
      instances.map(({ index_key: index, attributes }) => ({
        address: `${path === undefined ? "" : `${path}.`}${type}.${name}${index === undefined ? "" : `[${JSON.stringify(index)}]`}`,
        type,
        values: attributes ?? {},
      })),
    );
}

function resourcesOfModule({ resources = [], child_modules: children = [] }: Module): TerraformResource[] {
  return [
    ...resources
      .filter(({ mode }) => mode === "managed")
      .map(({ address, type, values: own }) => ({ address, type, values: own ?? {} })),
    ...children.flatMap(resourcesOfModule),
  ];
}
