import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { z } from "zod";
import { buildFunctions } from "../../functions/build.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export const snapshotFile = join(root, "stack/snapshot/snapshot.json");

/** A twin built for one test file: its bundle and the functions' zips, in a folder of its own. */
export interface BuiltTwin {
  readonly mainFile: string;
  readonly functionsFolder: string;
  remove(): Promise<void>;
}

/** Bundles the twin as the package's build does, below `node_modules`, where the bundle finds what it leaves out. */
export async function buildTwin(): Promise<BuiltTwin> {
  const cache = join(root, "node_modules/.cache");
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, "stackproof-twin-"));
  const functionsFolder = join(folder, "functions");
  await Promise.all([
    buildFunctions({ outDir: functionsFolder }),
    build({
      absWorkingDir: root,
      entryPoints: { main: "stack/twin/main.ts", worker: "stack/twin/lambda/worker.ts" },
      outdir: folder,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      splitting: true,
      platform: "node",
      format: "esm",
      target: "node20",
      external: ["dynalite", "classic-level"],
      banner: {
        js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
      },
      logLevel: "error",
    }),
  ]);
  const remove = () => rm(folder, { recursive: true, force: true });
  return { mainFile: join(folder, "main.mjs"), functionsFolder, remove };
}

const readyLine = z.object({
  kind: z.literal("ready"),
  bootMs: z.number(),
  accountId: z.string(),
  region: z.string(),
  env: z.record(z.string(), z.string()),
  connectTo: z.record(z.string(), z.string()),
  notes: z.array(z.string()),
});

const errorLine = z.object({
  kind: z.literal("error"),
  code: z.string(),
  message: z.string(),
  place: z.string(),
  remedy: z.string(),
});

export type FirstLine = z.infer<typeof readyLine> | z.infer<typeof errorLine>;

/** A twin in a process of its own, after its first line. */
export interface TwinProcess {
  readonly first: FirstLine;
  readonly child: ChildProcess;
  /** Everything it has printed to standard output so far. */
  lines(): readonly string[];
  /** The exit code (or the signal that ended it), once it has ended. */
  readonly ended: Promise<number | string>;
}

/** Starts a twin's process and resolves with its first line. */
export async function startTwin(built: BuiltTwin, args: readonly string[]): Promise<TwinProcess> {
  const child = spawn(process.execPath, [built.mainFile, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  const lines: string[] = [];
  const ended = new Promise<number | string>((resolve) => {
    child.on("close", (code, signal) => resolve(code ?? signal ?? "unknown"));
  });
  const first = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      resolve(line);
    });
    ended.then((end) => reject(new Error(`the twin ended with ${end} and said nothing`)));
  });
  return { first: z.union([readyLine, errorLine]).parse(JSON.parse(first)), child, lines: () => lines, ended };
}

/** Starts a twin of the snapshot that must come up. */
export async function startReadyTwin(built: BuiltTwin, args: readonly string[] = []) {
  const started = await startTwin(built, ["--state", snapshotFile, "--functions", built.functionsFolder, ...args]);
  if (started.first.kind === "error") throw new Error(`${started.first.code}: ${started.first.message}`);
  return { ...started, ready: started.first };
}
