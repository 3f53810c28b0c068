// Builds the canary's deployment package: one zip with one bundled `index.mjs`. `node harness/lambda/build.mjs --help` says how to put
// pipelines and scenarios of your own into it.
import { realpathSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { writeZip } from "../../stack/functions/zip.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Builds the canary's package, unless it is there already with the same bytes.
 *
 * @param {{ pipelines?: string, canary?: string, out?: string }} [options] files of your own, and where the zip goes: without
 *   them those of scenarios/, and stack/dist/canary.zip
 * @returns {Promise<import("../../stack/functions/zip.d.mts").WrittenZip>}
 */
export async function buildCanary({
  pipelines = join(ROOT, "scenarios", "pipelines.ts"),
  canary = join(ROOT, "scenarios", "canary.ts"),
  out = join(ROOT, "stack", "dist", "canary.zip"),
} = {}) {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    stdin: {
      resolveDir: ROOT,
      loader: "ts",
      contents: `
        import canary from ${importable(canary)};
        import pipelines from ${importable(pipelines)};
        import { createCanaryHandler } from "./harness/lambda/canary-handler.ts";
        export const handler = createCanaryHandler(canary, pipelines);
      `,
    },
    write: false,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node22",
    mainFields: ["module", "main"],
    conditions: ["module"],
    minify: true,
    sourcemap: false,
    legalComments: "none",
    charset: "utf8",
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    // Bundled CommonJS packages call require.
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
    logLevel: "silent",
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error("esbuild made no bundle of the canary");
  return writeZip(out, { "index.mjs": bundle.contents });
}

/** A path as an import names it; inside the checkout from its root, so that the checkout's own place is not in the bytes. */
function importable(path) {
  const inside = relative(ROOT, resolve(path));
  return JSON.stringify(inside.startsWith("..") ? resolve(path) : `./${inside.replaceAll("\\", "/")}`);
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === realpathSync(process.argv[1])) {
  const text = { type: "string" };
  const { values } = parseArgs({
    options: { pipelines: text, canary: text, out: text, help: { type: "boolean" } },
  });
  const { help, ...options } = values;
  if (help) {
    process.stdout.write(
      "node harness/lambda/build.mjs [--pipelines FILE] [--canary FILE] [--out stack/dist/canary.zip]\n",
    );
  } else {
    const { path, sizeBytes, codeSha256, written } = await buildCanary(options);
    process.stdout.write(`${written ? "written" : "unchanged"} ${path} ${sizeBytes} bytes, sha256 ${codeSha256}\n`);
  }
}
