import { readFileSync } from "node:fs";
import { z } from "zod";
import { SNAPSHOT } from "./stackproof.ts";

const resource = z.looseObject({
  address: z.string(),
  type: z.string(),
  name: z.string(),
  values: z.record(z.string(), z.unknown()),
});
export type StateResource = z.infer<typeof resource>;

interface Module {
  [key: string]: unknown;
  resources?: StateResource[] | undefined;
  child_modules?: Module[] | undefined;
}
const module: z.ZodType<Module> = z.lazy(() =>
  z.looseObject({ resources: z.array(resource).optional(), child_modules: z.array(module).optional() }),
);
const state = z.looseObject({
  values: z.looseObject({ outputs: z.record(z.string(), z.unknown()), root_module: module }),
});

/** One change to a state: `change` gets each resource in turn and returns what stands in its place, or nothing to remove it. */
export type StateChange = (resource: StateResource) => StateResource | undefined;

/** The snapshot of stack/ with some resources changed, as JSON text. Throws where nothing changed: such a test would prove nothing. */
export function snapshotWith(...changes: readonly StateChange[]): string {
  const parsed = state.parse(JSON.parse(readFileSync(SNAPSHOT, "utf8")));
  for (const [index, change] of changes.entries()) {
    const before = JSON.stringify(parsed);
    changeModule(parsed.values.root_module, change);
    if (JSON.stringify(parsed) === before) throw new Error(`change ${index} found nothing to change in the snapshot`);
  }
  return JSON.stringify(parsed);
}

function changeModule(of: Module, change: StateChange): void {
  if (of.resources !== undefined) of.resources = of.resources.flatMap((each) => change(structuredClone(each)) ?? []);
  for (const child of of.child_modules ?? []) changeModule(child, change);
}

/** Sets attributes of every resource of a type that `where` chooses. */
export function setValues(
  type: string,
  values: Readonly<Record<string, unknown>>,
  where: (resource: StateResource) => boolean = () => true,
): StateChange {
  return (each) => (each.type === type && where(each) ? { ...each, values: { ...each.values, ...values } } : each);
}

/** Removes every resource of a type that `where` chooses. */
export function remove(type: string, where: (resource: StateResource) => boolean = () => true): StateChange {
  return (each) => (each.type === type && where(each) ? undefined : each);
}

/** Whether an attribute of a resource has this value, or holds this text. */
export function has(attribute: string, text: string): (resource: StateResource) => boolean {
  return ({ values }) => String(values[attribute] ?? "").includes(text);
}
