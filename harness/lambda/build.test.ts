import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { packageRoot } from "../deployment/package-root.ts";
import { temporaryFolder } from "../testing/stackproof.ts";
import { buildCanary } from "./build.mjs";

const run = promisify(execFile);
const folder = temporaryFolder();
afterAll(() => folder.remove());

/** Copies the sources to another place and builds there, as another checkout does. */
async function buildElsewhere(name: string, timeZone: string): Promise<Buffer> {
  const checkout = join(folder.path, name);
  mkdirSync(checkout);
  const isBuilt = /\/(dist|node_modules|bench)$/;
  for (const source of ["harness", "scenarios", "stack/functions", "package.json"]) {
    const filter = (path: string) => !isBuilt.test(path.replaceAll("\\", "/"));
    cpSync(join(packageRoot(), source), join(checkout, source), { recursive: true, filter });
  }
  symlinkSync(join(packageRoot(), "node_modules"), join(checkout, "node_modules"));
  const env = { PATH: process.env["PATH"], TZ: timeZone };
  await run(process.execPath, ["harness/lambda/build.mjs"], { cwd: checkout, env, timeout: 100_000 });
  return readFileSync(join(checkout, "stack", "dist", "canary.zip"));
}

/** Those of the words that the packaged code holds. */
function wordsIn(zip: Uint8Array, words: readonly string[]): string[] {
  const code = Buffer.from(unzipSync(zip)["index.mjs"] ?? []).toString("utf8");
  expect(code.length).toBeGreaterThan(100_000);
  return words.filter((word) => code.includes(word));
}

describe("the canary's package", () => {
  it("is the same bytes in any folder and time zone, and names none of them", async () => {
    const { path } = await buildCanary({ out: join(folder.path, "canary.zip") });
    const here = readFileSync(path);
    expect(here.equals(await buildElsewhere("another name", "Pacific/Kiritimati"))).toBe(true);
    expect(wordsIn(here, [packageRoot(), "node_modules"])).toEqual([]);
  }, 120_000);

  it("holds pipelines and scenarios of one's own where they are named", async () => {
    const pipelines = folder.write("pipelines.json", '[{"name":"their-own-pipeline"}]');
    const canary = folder.write("canary.json", '{"scenarios":[{"name":"their-own-canary"}]}');
    const { path } = await buildCanary({ pipelines, canary, out: join(folder.path, "own.zip") });
    const words = ["their-own-pipeline", "their-own-canary", "upload-canary"];
    expect(wordsIn(readFileSync(path), words)).toEqual(["their-own-pipeline", "their-own-canary"]);
  });
});
