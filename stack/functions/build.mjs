/**
 * Builds the functions' deployment packages: one zip per function with one bundled `index.js`.
 *
 * Two builds of the same sources are the same bytes, on any machine and in any folder, time zone or umask, so that
 * `source_code_hash` changes only with the code.
 */
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { writeZip } from "./zip.mjs";

export const FUNCTION_NAMES = ["ingest", "processor", "content"];

const FUNCTIONS_DIR = fileURLToPath(new URL(".", import.meta.url));
const DEFAULT_OUT_DIR = fileURLToPath(new URL("../dist", import.meta.url));

/**
 * Builds all functions and writes `<name>.zip` for each, unless the file is there already with the same bytes.
 *
 * @param {{ outDir?: string }} [options] `outDir`: where the zips go, by default `stack/dist`
 * @returns {Promise<{ name: string, path: string, sizeBytes: number, codeSha256: string, written: boolean }[]>}
 *   `codeSha256` is base64, as Lambda's CodeSha256 and Terraform's `filebase64sha256` show it
 */
export async function buildFunctions({ outDir = DEFAULT_OUT_DIR } = {}) {
  const bundles = await bundleFunctions();
  return Promise.all(
    bundles.map(async ({ name, code }) => ({
      name,
      ...(await writeZip(join(outDir, `${name}.zip`), { "index.js": code })),
    })),
  );
}

async function bundleFunctions() {
  const { outputFiles } = await build({
    absWorkingDir: FUNCTIONS_DIR,
    entryPoints: Object.fromEntries(FUNCTION_NAMES.map((name) => [name, `./${name}/index.ts`])),
    outdir: "out",
    write: false,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    // The ES modules of the SDK leave out what is not used; its CommonJS files cannot.
    mainFields: ["module", "main"],
    conditions: ["module"],
    minify: true,
    sourcemap: false,
    legalComments: "none",
    charset: "utf8",
    // Settings of a tsconfig.json in some parent folder must not change the bytes.
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    logLevel: "silent",
  });
  return FUNCTION_NAMES.map((name) => {
    const file = outputFiles.find(({ path }) => path.endsWith(`${name}.js`));
    if (file === undefined) throw new Error(`${name}: esbuild made no bundle of ${name}/index.ts`);
    return { name, code: file.contents };
  });
}

// `import.meta.url` is the real path; the one that node was called with may lead over a symbolic link.
if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === realpathSync(process.argv[1])) {
  const outDir = process.argv[2];
  for (const { path, sizeBytes, codeSha256, written } of await buildFunctions(outDir === undefined ? {} : { outDir })) {
    process.stdout.write(`${written ? "written" : "unchanged"} ${path} ${sizeBytes} bytes, sha256 ${codeSha256}\n`);
  }
}
