import { z } from "zod";

/**
 * The parts of `terraform show -json` that the snapshot handles; everything else passes through untouched.
 * https://developer.hashicorp.com/terraform/internals/json-format
 */
const values = z.record(z.string(), z.unknown());

const resourceSchema = z.looseObject({ address: z.string(), mode: z.string(), type: z.string(), values });
export type Resource = z.infer<typeof resourceSchema>;

const moduleSchema = z.looseObject({
  resources: z.array(resourceSchema).optional(),
  get child_modules() {
    return z.array(moduleSchema).optional();
  },
});
export type Module = z.infer<typeof moduleSchema>;

export const stateSchema = z.looseObject({
  format_version: z.string(),
  values: z.looseObject({ outputs: values.optional(), root_module: moduleSchema }),
});
export type State = z.infer<typeof stateSchema>;

export const planSchema = z.looseObject({
  resource_changes: z
    .array(
      z.looseObject({
        address: z.string(),
        change: z.looseObject({
          actions: z.array(z.string()),
          before: values.nullable(),
          after: values.nullable(),
        }),
      }),
    )
    .default([]),
});
export type Plan = z.infer<typeof planSchema>;

/** Every resource of a module and of the modules below it, in the order of the document. */
export function* resourcesOf(module: Module): Generator<Resource> {
  yield* module.resources ?? [];
  for (const child of module.child_modules ?? []) yield* resourcesOf(child);
}
