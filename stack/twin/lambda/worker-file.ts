import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "./temporary-folder.ts";

/** A file that a thread can start from, and how to be rid of it. */
export interface WorkerFile {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * The thread's entry. In the twin's bundle it is `worker.mjs` beside `main.mjs` (`moduleUrl` is the `import.meta.url` of the
 * bundle); run from TypeScript sources, as tests are, it is bundled from `worker.ts` into a temporary folder.
 */
export async function workerFile(moduleUrl: string): Promise<WorkerFile> {
  const bundled = fileURLToPath(new URL("./worker.mjs", moduleUrl));
  if (existsSync(bundled)) return { path: bundled, remove: async () => {} };
  const { build } = await import("esbuild");
  const folder = await temporaryFolder("stackproof-worker-");
  const path = join(folder.path, "worker.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("./worker.ts", import.meta.url))],
    outfile: path,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "silent",
  });
  return { path, remove: () => folder.remove() };
}
