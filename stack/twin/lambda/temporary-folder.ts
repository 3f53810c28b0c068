import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** The folders that are still there. */
const OPEN = new Set<string>();

function removeAll(): void {
  for (const path of OPEN) rmSync(path, { recursive: true, force: true });
}

/** A folder that is gone at the end, also where the process ends before anyone has removed it (but for SIGKILL). */
export async function temporaryFolder(prefix: string): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), prefix));
  if (OPEN.size === 0) process.once("exit", removeAll);
  OPEN.add(path);
  return {
    path,
    async remove() {
      await rm(path, { recursive: true, force: true });
      OPEN.delete(path);
      if (OPEN.size === 0) process.removeListener("exit", removeAll);
    },
  };
}
