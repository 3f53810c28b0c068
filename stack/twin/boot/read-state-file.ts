import { readFile } from "node:fs/promises";
import { type BootResult, bootError } from "../model/boot-error.ts";
import { readState } from "../state/read-state.ts";
import type { TwinState } from "../state/twin-state.ts";

export async function readStateFrom(file: string): Promise<BootResult<TwinState>> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    return bootError(
      "state.not-found",
      `The state file cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
      file,
      "Write it with `terraform show -json > state.json`, or name another file with --state.",
    );
  }
  return readState(text, file);
}
