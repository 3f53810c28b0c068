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
  values: z.looseObject({
    outputs: z.record(z.string(), z.looseObject({ value: z.unknown() })),
    root_module: module,
  }),
});
type State = z.infer<typeof state>;

/** One change to a state: `change` gets each resource in turn and returns what stands in its place, or nothing to remove it. */
export type StateChange = (resource: StateResource) => StateResource | undefined;

/** A change that no resource can be asked for alone. */
export type WholeChange =
  | { readonly kind: "add"; readonly resource: StateResource }
  | { readonly kind: "set-output"; readonly name: string; readonly value: unknown }
  | { readonly kind: "remove-output"; readonly name: string }
  /** In every name, ARN and output alike; the pairs are taken in turn. */
  | { readonly kind: "replace-text"; readonly pairs: readonly (readonly [from: string, to: string])[] };

export type Change = StateChange | WholeChange;

/** The snapshot of stack/ with some changes made in turn, as JSON text. Throws where one changes nothing: such a test would prove nothing. */
export function snapshotWith(...changes: readonly Change[]): string {
  let changed = readSnapshot();
  for (const [index, change] of changes.entries()) {
    const before = JSON.stringify(changed);
    changed = typeof change === "function" ? changeResources(changed, change) : changeWhole(changed, change);
    if (JSON.stringify(changed) === before) throw new Error(`change ${index} found nothing to change in the snapshot`);
  }
  return JSON.stringify(changed);
}

/** An output of the snapshot that is a text. */
export function output(name: string): string {
  const value = readSnapshot().values.outputs[name]?.value;
  if (typeof value !== "string") throw new Error(`the snapshot has no output ${name} that is a text`);
  return value;
}

/** An output of the snapshot that is a list of texts. */
export function outputList(name: string): string[] {
  return z.array(z.string()).parse(readSnapshot().values.outputs[name]?.value);
}

/** The first resource of the snapshot of a type that `where` chooses, to make another one like it. */
export function resourceLike(type: string, where: (resource: StateResource) => boolean = () => true): StateResource {
  const found = resourcesIn(readSnapshot().values.root_module).find((each) => each.type === type && where(each));
  if (found === undefined) throw new Error(`the snapshot has no such ${type}`);
  return found;
}

let snapshot: State | undefined;

/** Read once: changes make copies. */
function readSnapshot(): State {
  snapshot ??= state.parse(JSON.parse(readFileSync(SNAPSHOT, "utf8")));
  return snapshot;
}

function resourcesIn({ resources = [], child_modules = [] }: Module): StateResource[] {
  return [...resources, ...child_modules.flatMap(resourcesIn)];
}

function changeResources(of: State, change: StateChange): State {
  return { ...of, values: { ...of.values, root_module: changeModule(of.values.root_module, change) } };
}

function changeModule(of: Module, change: StateChange): Module {
  const { resources, child_modules } = of;
  return {
    ...of,
    ...(resources === undefined ? {} : { resources: resources.flatMap((each) => change(structuredClone(each)) ?? []) }),
    ...(child_modules === undefined ? {} : { child_modules: child_modules.map((each) => changeModule(each, change)) }),
  };
}

function changeWhole(of: State, change: WholeChange): State {
  const { outputs, root_module } = of.values;
  switch (change.kind) {
    case "add": {
      const resources = [...(root_module.resources ?? []), change.resource];
      return { ...of, values: { ...of.values, root_module: { ...root_module, resources } } };
    }
    case "set-output": {
      const output = { ...outputs[change.name], value: change.value };
      return { ...of, values: { ...of.values, outputs: { ...outputs, [change.name]: output } } };
    }
    case "remove-output": {
      const { [change.name]: _, ...others } = outputs;
      return { ...of, values: { ...of.values, outputs: others } };
    }
    case "replace-text":
      return state.parse(
        JSON.parse(change.pairs.reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(of))),
      );
    default:
      return change satisfies never;
  }
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

/** Adds a resource to the root module, under a name of its own. */
export function add(like: StateResource, name: string, values: Readonly<Record<string, unknown>>): WholeChange {
  return {
    kind: "add",
    resource: { ...like, address: `${like.type}.${name}`, name, values: { ...like.values, ...values } },
  };
}

/** Whether an attribute of a resource has this value, or holds this text. */
export function has(attribute: string, text: string): (resource: StateResource) => boolean {
  return ({ values }) => String(values[attribute] ?? "").includes(text);
}

/** Whether a resource has this name in its configuration: `alb` of `aws_security_group.alb`. */
export function named(name: string): (resource: StateResource) => boolean {
  return (each) => each.name === name;
}
