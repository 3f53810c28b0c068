import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";

/** Whether Node.js takes a file for an ES module: by its ending, else by the nearest package.json. */
export function isEsModule(file: string): boolean {
  const ending = extname(file);
  if (ending !== ".js") return ending === ".mjs";
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const settings = join(folder, "package.json");
    if (existsSync(settings)) return typeOf(settings) === "module";
    if (folder === dirname(folder)) return false;
  }
}

function typeOf(settingsFile: string): unknown {
  try {
    const settings: unknown = JSON.parse(readFileSync(settingsFile, "utf8"));
    return settings !== null && typeof settings === "object" ? Reflect.get(settings, "type") : undefined;
  } catch {
    return undefined;
  }
}
