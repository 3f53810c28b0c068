import { readFileSync } from "node:fs";
import type { TwinState } from "../state/twin-state.ts";
import { snapshotFile, stateOf } from "./states.ts";

interface SnapshotResource {
  readonly address: string;
  readonly type: string;
  readonly values: Record<string, unknown>;
}

/** What a test may do to the snapshot of the reference stack. */
interface Changing {
  all(type: string): readonly SnapshotResource[];
  /** Sets attributes of every resource of a type. */
  set(type: string, values: Record<string, unknown>): void;
  /** Sets attributes of one resource. */
  setAt(address: string, values: Record<string, unknown>): void;
  /** Removes the resources whose address is this, or begins with it and an index. */
  remove(address: string): void;
  setOutput(name: string, value: unknown): void;
}

export type Change = (changing: Changing) => void;

interface Module {
  resources?: SnapshotResource[];
  child_modules?: Module[];
}

/** The snapshot of the reference stack as text, after a change. */
export function changedSnapshotText(change: Change = () => {}): string {
  const file: { values: { root_module: Module; outputs: Record<string, { value?: unknown }> } } = JSON.parse(
    readFileSync(snapshotFile, "utf8"),
  );
  const modules = modulesOf(file.values.root_module);
  const resources = () => modules.flatMap((module) => module.resources ?? []);
  const all = (type: string) => resources().filter((resource) => resource.type === type);
  const assign = (chosen: readonly SnapshotResource[], what: string, values: Record<string, unknown>) => {
    if (chosen.length === 0) throw new Error(`the snapshot has no ${what}`);
    for (const resource of chosen) Object.assign(resource.values, values);
  };
  change({
    all,
    set: (type, values) => assign(all(type), type, values),
    setAt: (address, values) =>
      assign(
        resources().filter((each) => each.address === address),
        address,
        values,
      ),
    remove(address) {
      const isMeant = (each: SnapshotResource) => each.address === address || each.address.startsWith(`${address}[`);
      if (!resources().some(isMeant)) throw new Error(`the snapshot has no ${address}`);
      for (const module of modules) module.resources = (module.resources ?? []).filter((each) => !isMeant(each));
    },
    setOutput(name, value) {
      if (value === undefined) delete file.values.outputs[name];
      else file.values.outputs[name] = { ...file.values.outputs[name], value };
    },
  });
  return JSON.stringify(file);
}

export function changedSnapshot(change?: Change): TwinState {
  return stateOf(changedSnapshotText(change));
}

function modulesOf(module: Module): Module[] {
  return [module, ...(module.child_modules ?? []).flatMap(modulesOf)];
}
