import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { z } from "zod";

/** Content hashes (SHA-256, hex) of the files that a snapshot was made from, by path relative to the stack's folder. */
export const sourcesSchema = z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/));
type Sources = z.infer<typeof sourcesSchema>;

/** Configuration is what Terraform reads: its own files and the templates that they render. Tests are not deployed. */
const isConfiguration = (name: string): boolean => name.endsWith(".tf") || name.endsWith(".tftpl");
const MODULE_CALL = /source\s*=\s*"\.\/modules\/([^"/]+)"/g;
const FOLDERS_WITHOUT_CONFIGURATION = new Set([
  ".terraform",
  "dist",
  "functions",
  "node_modules",
  "snapshot",
  "tests",
  "twin",
]);

/**
 * Paths of the configuration's files, sorted, relative to `stackFolder`, with forward slashes on every system. A module that no other
 * file calls is for others to use, and nothing of it is in the stack's state.
 */
export async function configurationFiles(stackFolder: string): Promise<string[]> {
  const entries = await readdir(stackFolder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && isConfiguration(entry.name))
    .map((entry) => relative(stackFolder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !FOLDERS_WITHOUT_CONFIGURATION.has(path.split("/")[0] ?? ""))
    .sort();
  const ofRoot = paths.filter((path) => moduleOf(path) === undefined);
  const texts = await Promise.all(ofRoot.map((path) => readFile(join(stackFolder, path), "utf8")));
  const called = new Set(texts.flatMap((text) => [...text.matchAll(MODULE_CALL)].map(([, name]) => name)));
  return paths.filter((path) => ofRoot.includes(path) || called.has(moduleOf(path)));
}

/** The name of the module that a file is of: `function` of `modules/function/main.tf`. */
function moduleOf(path: string): string | undefined {
  return /^modules\/([^/]+)\//.exec(path)?.[1];
}

/** Hashes every file of the configuration in `stackFolder`. Line ends count as one, whatever the checkout made of them. */
export async function hashSources(stackFolder: string): Promise<Sources> {
  const sources: Sources = {};
  for (const path of await configurationFiles(stackFolder)) {
    const text = (await readFile(join(stackFolder, path), "utf8")).replaceAll("\r\n", "\n");
    sources[path] = createHash("sha256").update(text).digest("hex");
  }
  return sources;
}

/** One line for each file that differs: `changed: stream.tf`, `added: …`, `removed: …`. Empty: the snapshot is current. */
export function differences(recorded: Sources, present: Sources): string[] {
  const paths = [...new Set([...Object.keys(recorded), ...Object.keys(present)])].sort();
  return paths.flatMap((path) => {
    if (recorded[path] === present[path]) return [];
    if (recorded[path] === undefined) return [`added: ${path}`];
    return [present[path] === undefined ? `removed: ${path}` : `changed: ${path}`];
  });
}
