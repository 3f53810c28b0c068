import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildFunctions, FUNCTION_NAMES } from "./build.mjs";

const run = promisify(execFile);
const FUNCTIONS_DIR = fileURLToPath(new URL(".", import.meta.url));
const ROOT_DIR = fileURLToPath(new URL("../..", import.meta.url));

let folder: string;
let outDir: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "functions-build-"));
  outDir = join(folder, "dist");
  await buildFunctions({ outDir });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const zipOf = (name: string, dir = outDir) => readFile(join(dir, `${name}.zip`));

/** Copies the sources into a folder of another name, as another checkout has them, and builds there. */
async function buildElsewhere(name: string, umask: string, timeZone: string): Promise<string> {
  const checkout = join(folder, name);
  await mkdir(join(checkout, "stack"), { recursive: true });
  await cp(FUNCTIONS_DIR, join(checkout, "stack/functions"), { recursive: true });
  await cp(join(ROOT_DIR, "package.json"), join(checkout, "package.json"));
  await symlink(join(ROOT_DIR, "node_modules"), join(checkout, "node_modules"));
  await run("sh", ["-c", `umask ${umask} && exec "$0" stack/functions/build.mjs`, process.execPath], {
    cwd: checkout,
    env: { ...process.env, TZ: timeZone },
    timeout: 60_000,
  });
  return join(checkout, "stack/dist");
}

describe("the build", () => {
  test("gives the same bytes in any folder, time zone and umask", async () => {
    const elsewhere = [
      await buildElsewhere("a", "077", "Pacific/Kiritimati"),
      await buildElsewhere("another name/deeper", "000", "America/St_Johns"),
    ];
    for (const name of FUNCTION_NAMES) {
      const bytes = await zipOf(name);
      for (const dir of elsewhere) expect(bytes.equals(await zipOf(name, dir)), `${name} in ${dir}`).toBe(true);
    }
  });

  test.each(FUNCTION_NAMES)("puts %s into index.js at the root, with mode 0644 and the fixed time", async (name) => {
    const zip = await zipOf(name);
    expect(Object.keys(unzipSync(zip))).toEqual(["index.js"]);
    const entry = zip.lastIndexOf(Buffer.from("PK\x01\x02", "latin1"));
    const dosDate = zip.readUInt16LE(entry + 14);
    expect({ year: (dosDate >> 9) + 1980, month: (dosDate >> 5) & 15, day: dosDate & 31 }).toEqual({
      year: 2000,
      month: 1,
      day: 1,
    });
    expect(zip.readUInt16LE(entry + 12)).toBe(0);
    expect((zip.readUInt32LE(entry + 38) >>> 16).toString(8)).toBe("100644");
  });

  test.each(FUNCTION_NAMES)("leaks no path of this machine into %s", async (name) => {
    const code = Buffer.from(unzipSync(await zipOf(name))["index.js"] ?? []).toString("utf8");
    expect(code.length).toBeGreaterThan(100_000);
    expect(code).not.toContain(ROOT_DIR);
    expect(code).not.toContain("node_modules");
  });

  test.each(FUNCTION_NAMES)("makes a %s that plain node loads, with its handler", async (name) => {
    const dir = join(folder, "unzipped", name);
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, "index.js"), unzipSync(await zipOf(name))["index.js"] ?? "");
    const script = `console.log(typeof require(${JSON.stringify(join(dir, "index.js"))}).handler)`;
    const env = { PATH: process.env["PATH"], AWS_REGION: "eu-west-1", STREAM_NAME: "events", TABLE_NAME: "events" };
    const { stdout } = await run(process.execPath, ["-e", script], { env, timeout: 30_000 });
    expect(stdout).toBe("function\n");
  });

  test("leaves unchanged zips alone, time included, and mends a changed one", async () => {
    const past = new Date(1_000_000_000_000);
    for (const name of FUNCTION_NAMES) await utimes(join(outDir, `${name}.zip`), past, past);
    await writeFile(join(outDir, "ingest.zip"), "half a file");
    const built = await buildFunctions({ outDir });
    expect(built.map(({ name, written }) => [name, written])).toEqual([
      ["ingest", true],
      ["processor", false],
      ["content", false],
    ]);
    expect((await stat(join(outDir, "content.zip"))).mtimeMs).toBe(past.getTime());
    expect(Object.keys(unzipSync(await zipOf("ingest")))).toEqual(["index.js"]);
  });
});
