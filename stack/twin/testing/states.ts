import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readState } from "../state/read-state.ts";
import type { TwinState } from "../state/twin-state.ts";

/** The snapshot of the reference stack: a real `terraform show -json`. */
export const snapshotFile = fileURLToPath(new URL("../../snapshot/snapshot.json", import.meta.url));

/** The state of a text of `terraform show -json`; throws the reader's error. */
export function stateOf(text: string): TwinState {
  const read = readState(text, "state.json");
  if (read.kind === "error") throw new Error(`${read.error.place}: ${read.error.message}`);
  return read.value;
}

export const snapshotState = (): TwinState => stateOf(readFileSync(snapshotFile, "utf8"));

/** The state of a root module that holds these resources, by their addresses. */
export function stateWith(resources: Readonly<Record<string, Readonly<Record<string, unknown>>>>): TwinState {
  const managed = Object.entries(resources).map(([address, values]) => ({
    address,
    mode: "managed",
    type: address.split(".")[0],
    values,
  }));
  return stateOf(JSON.stringify({ format_version: "1.0", values: { root_module: { resources: managed } } }));
}
