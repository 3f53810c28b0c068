import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { codeHashes, recordCode } from "./code-hashes.ts";
import { stateSchema } from "./terraform-json.ts";

/**
 * Records the functions' code as it is built now in the snapshot. After a change of nothing but code an apply would change nothing
 * but these hashes, so no control plane is needed.
 */
const stackFolder = dirname(dirname(fileURLToPath(import.meta.url)));
const path = join(stackFolder, "snapshot", "snapshot.json");
const state = stateSchema.parse(JSON.parse(await readFile(path, "utf8")));
recordCode(state, await codeHashes(state, stackFolder));
await writeFile(path, `${JSON.stringify(state, null, 2)}\n`);
process.stderr.write("written: stack/snapshot/snapshot.json with the hashes of the packages in stack/dist\n");
