// Bundles the command line and the twin, and zips the functions and the canary: run by `npm ci`, and by the launcher when a source is newer.
import { existsSync, mkdirSync, readdirSync, renameSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const stamp = join(root, "harness", "dist", "built.txt");
const SOURCES = ["harness", "scenarios", "stack/functions", "stack/twin", "package-lock.json"];

/** ES modules that may also `require`, as bundled CommonJS packages do. */
const common = {
  absWorkingDir: root,
  bundle: true,
  format: "esm",
  platform: "node",
  // The SDK as ES modules: a dynamic import of its CommonJS build would not see the names.
  mainFields: ["module", "main"],
  target: "node20",
  splitting: true,
  sourcemap: true,
  outExtension: { ".js": ".mjs" },
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  write: false,
  logLevel: "error",
};

const bundles = [
  {
    entryPoints: {
      main: "harness/cli/main.ts",
      pipelines: "scenarios/pipelines.ts",
      verify: "scenarios/verify.ts",
      canary: "scenarios/canary.ts",
      load: "scenarios/load.ts",
      "load-worker": "harness/inject/load/worker.ts",
    },
    outdir: "harness/dist",
    // autocannon reads files beside its own.
    external: ["esbuild", "autocannon"],
  },
  {
    entryPoints: { main: "stack/twin/main.ts", worker: "stack/twin/lambda/worker.ts" },
    outdir: "stack/twin/dist",
    external: ["dynalite", "classic-level"],
  },
];

/** Whether any source is newer than what was built last. */
export function isStale() {
  if (!existsSync(stamp)) return true;
  const builtAtMs = statSync(stamp).mtimeMs;
  return SOURCES.some((source) => newestMs(join(root, source)) > builtAtMs);
}

function newestMs(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  let newest = 0;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.name === "dist" || entry.name === "node_modules") continue;
    if (entry.isDirectory() || /(?<!\.test)\.(ts|mjs|json)$/.test(entry.name))
      newest = Math.max(newest, newestMs(join(path, entry.name)));
  }
  return newest;
}

/** Builds everything. Files are put in place whole, chunks first, so that a run beside it never meets half a bundle. */
export async function build() {
  const startedAt = new Date();
  const [{ build: bundle }, { buildFunctions }, { buildCanary }] = await Promise.all([
    import("esbuild"),
    import("../../stack/functions/build.mjs"),
    import("../lambda/build.mjs"),
  ]);
  await Promise.all([
    ...bundles.map(async (options) => {
      const result = await bundle({ ...common, ...options });
      const entries = new Set(
        Object.keys(options.entryPoints).map((name) => join(root, options.outdir, `${name}.mjs`)),
      );
      const files = result.outputFiles.toSorted((a, b) => Number(entries.has(a.path)) - Number(entries.has(b.path)));
      for (const file of files) putInPlace(file.path, file.contents);
    }),
    buildFunctions({ outDir: join(root, "stack", "dist") }),
    buildCanary({ out: join(root, "stack", "dist", "canary.zip") }),
  ]);
  putInPlace(stamp, "Sources newer than this file are not in the bundles beside it.\n");
  utimesSync(stamp, startedAt, startedAt);
}

function putInPlace(path, contents) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, contents);
  renameSync(temporary, path);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build();
  process.stderr.write(
    `built ${bundles.map(({ outdir }) => relative(root, join(root, outdir))).join(", ")} and stack/dist\n`,
  );
}
