import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Redactor } from "./redact.ts";

/**
 * Takes secrets out of the files below a folder: another program's scripts must hold them while it runs, and its logs may repeat them.
 * What holds none is left as it is, and so is a folder that is not there.
 */
export function redactFiles(folder: string, { text }: Pick<Redactor, "text">): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const held = readFileSync(file, "utf8");
    const redacted = text(held);
    if (redacted !== held) writeFileSync(file, redacted);
  }
}
