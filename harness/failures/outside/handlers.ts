import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { FUNCTIONS } from "../../testing/stackproof.ts";

export type FunctionName = "ingest" | "processor" | "content";

const NAMES: readonly FunctionName[] = ["ingest", "processor", "content"];

/** A folder of the built zips in which one function has other code. */
export function otherCode(of: FunctionName, source: string): (folder: string) => void {
  return (folder) => {
    for (const name of NAMES.filter((each) => each !== of))
      copyFileSync(join(FUNCTIONS, `${name}.zip`), join(folder, `${name}.zip`));
    writeFileSync(join(folder, `${of}.zip`), zipSync({ "index.js": new TextEncoder().encode(source) }));
  };
}
