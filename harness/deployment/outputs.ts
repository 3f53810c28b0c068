import { z } from "zod";
import { CannotRun } from "../model/errors.ts";

/** Terraform's outputs by name. Sensitive ones are left out: nothing that Terraform marks so may reach a report. */
export type Outputs = ReadonlyMap<string, unknown>;

const output = z.looseObject({ value: z.unknown(), sensitive: z.boolean().optional() });
const outputs = z.record(z.string(), output);

/** `terraform show -json` of a state. */
const shownState = z.looseObject({
  format_version: z.string(),
  values: z.looseObject({ outputs: outputs.optional() }),
});
/** `terraform show -json` of a plan. */
const shownPlan = z.looseObject({ planned_values: z.unknown() });
/** A local `terraform.tfstate`. */
const stateFile = z.looseObject({ version: z.literal(4), terraform_version: z.string(), outputs });

/**
 * Reads outputs from the JSON of `terraform output -json`, of `terraform show -json`, or of a local state file.
 * Throws `CannotRun` where it is none of them.
 */
export function readOutputs(json: unknown, place: string): Outputs {
  const fromFile = stateFile.safeParse(json);
  if (fromFile.success) return valuesOf(fromFile.data.outputs);
  const shown = shownState.safeParse(json);
  if (shown.success) return valuesOf(shown.data.values.outputs ?? {});
  if (shownPlan.safeParse(json).success)
    throw unrecognized(place, "it is the JSON of a plan, and nothing is deployed by a plan");
  if (isEmptyState(json))
    throw unrecognized(place, "it is the JSON of a state that holds nothing: was the stack applied?");
  const plain = outputs.safeParse(json);
  if (plain.success && Object.keys(plain.data).length > 0) return valuesOf(plain.data);
  throw unrecognized(place, describe(json));
}

/** Whether this JSON is a state and not just outputs. */
export function isState(json: unknown): boolean {
  return stateFile.safeParse(json).success || shownState.safeParse(json).success;
}

function valuesOf(found: z.infer<typeof outputs>): Outputs {
  return new Map(
    Object.entries(found)
      .filter(([, { sensitive }]) => sensitive !== true)
      .map(([name, { value }]) => [name, value]),
  );
}

function isEmptyState(json: unknown): boolean {
  return z.strictObject({ format_version: z.string(), terraform_version: z.string().optional() }).safeParse(json)
    .success;
}

function describe(json: unknown): string {
  if (Array.isArray(json)) return "it is a list";
  if (typeof json !== "object" || json === null) return `it is ${json === null ? "null" : `a ${typeof json}`}`;
  const keys = Object.keys(json);
  if (keys.length === 0) return "it holds no output";
  return `its field ${keys[0]} is no output (outputs look like {"name": {"value": …}})`;
}

function unrecognized(place: string, reason: string): CannotRun {
  return new CannotRun({
    code: "deployment.unrecognized",
    message: `This is no deployment: ${reason}`,
    place,
    remedy: "Give the JSON of terraform output -json or of terraform show -json, or the Terraform folder itself.",
  });
}
