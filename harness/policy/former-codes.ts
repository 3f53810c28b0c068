import { matchesGlob } from "../model/wildcard.ts";

/** The codes that findings of a code had before it was given to them: CI and acknowledgements may still hold on to those. */
const FORMER_CODES: ReadonlyMap<string, readonly string[]> = new Map([["stream.no-consumer", ["stream.no-producer"]]]);

/** Whether a glob of a person means findings of this code, by its name of today or by a former one. */
export function meansCode(code: string, glob: string): boolean {
  return [code, ...(FORMER_CODES.get(code) ?? [])].some((name) => matchesGlob(name, glob));
}
