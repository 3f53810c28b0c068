import { readFile } from "node:fs/promises";
import { type BootResult, bootError } from "../model/boot-error.ts";
import { messageOf } from "../model/text.ts";

/** Reads a text file that the command line names. The other arguments are for the error, where `what` begins a sentence. */
export async function readTextFile(
  file: string,
  what: string,
  code: string,
  place: string,
  remedy: string,
): Promise<BootResult<string>> {
  try {
    return { kind: "ok", value: await readFile(file, "utf8") };
  } catch (cause) {
    return bootError(code, `${what} cannot be read: ${messageOf(cause)}.`, place, remedy);
  }
}

/** Reads a file that plants something (`--faults`, `--limits`); it may be left out instead. */
export function readPlantedFile(file: string, name: "fault" | "limit"): Promise<BootResult<string>> {
  const option = `--${name}s`;
  const remedy = `Name a file that is there, or leave ${option} out.`;
  return readTextFile(file, `The ${name} file`, `${name}s.not-found`, `command line, ${option} ${file}`, remedy);
}
