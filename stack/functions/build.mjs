/**
 * Builds the functions' deployment packages: one zip per function with one bundled `index.js`.
 *
 * Two builds of the same sources are the same bytes, on any machine and in any folder, time zone or umask, so that
 * `source_code_hash` changes only with the code.
 */
import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { zipSync } from "fflate";

export const FUNCTION_NAMES = ["ingest", "processor", "content"];

const FUNCTIONS_DIR = fileURLToPath(new URL(".", import.meta.url));
const DEFAULT_OUT_DIR = fileURLToPath(new URL("../dist", import.meta.url));

// A zip holds local time without a zone, and fflate takes it from the date's local parts: so these are local parts.
const FIXED_TIME = new Date(2000, 0, 1, 0, 0, 0);
const UNIX = 3;
const REGULAR_FILE_0644 = 0o100644;

/**
 * Builds all functions and writes `<name>.zip` for each, unless the file is there already with the same bytes.
 *
 * @param {{ outDir?: string }} [options] `outDir`: where the zips go, by default `stack/dist`
 * @returns {Promise<{ name: string, path: string, sizeBytes: number, codeSha256: string, written: boolean }[]>}
 *   `codeSha256` is base64, as Lambda's CodeSha256 and Terraform's `filebase64sha256` show it
 */
export async function buildFunctions({ outDir = DEFAULT_OUT_DIR } = {}) {
  const bundles = await bundleFunctions();
  await mkdir(outDir, { recursive: true });
  return Promise.all(
    bundles.map(async ({ name, code }) => {
      const zip = zipSync(
        { "index.js": code },
        { level: 9, mtime: FIXED_TIME, os: UNIX, attrs: (REGULAR_FILE_0644 << 16) >>> 0 },
      );
      const path = join(outDir, `${name}.zip`);
      const written = await writeWhenChanged(path, zip);
      const codeSha256 = createHash("sha256").update(zip).digest("base64");
      return { name, path, sizeBytes: zip.length, codeSha256, written };
    }),
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

/** Leaves an unchanged file and its time alone, and never shows half a file under its name. */
async function writeWhenChanged(path, bytes) {
  const present = await readFile(path).catch(() => undefined);
  if (present !== undefined && Buffer.compare(present, bytes) === 0) return false;
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, bytes, { mode: 0o644 });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return true;
}

// `import.meta.url` is the real path; the one that node was called with may lead over a symbolic link.
if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === realpathSync(process.argv[1])) {
  const outDir = process.argv[2];
  for (const { path, sizeBytes, codeSha256, written } of await buildFunctions(outDir === undefined ? {} : { outDir })) {
    process.stdout.write(`${written ? "written" : "unchanged"} ${path} ${sizeBytes} bytes, sha256 ${codeSha256}\n`);
  }
}
