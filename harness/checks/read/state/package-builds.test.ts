import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Unread } from "../unread.ts";
import { type BuildTwice, buildTwice } from "./package-builds.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "builds-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A build whose last argument is the folder to build into; `out` holds that folder in the script. */
function build(script: string, change: Partial<BuildTwice> = {}): BuildTwice {
  const source = `const fs = require("node:fs"); const out = process.argv.at(-1); ${script}`;
  return {
    name: "npm run build",
    command: [process.execPath, "-e", source],
    folder,
    environment: { ...process.env, TMPDIR: folder },
    timeoutMs: 20_000,
    signal: new AbortController().signal,
    ...change,
  };
}

const STABLE = 'fs.writeFileSync(out + "/a.zip", "same"); fs.writeFileSync(out + "/note.txt", "");';
const UNSTABLE = 'fs.writeFileSync(out + "/a.zip", String(process.hrtime.bigint()));';

describe("buildTwice", () => {
  it("finds two builds the same", async () => {
    const { command, packages } = await buildTwice(build(STABLE));
    expect(command).toBe("npm run build");
    expect(packages.map(({ file }) => file)).toEqual(["a.zip"]);
    for (const { codeSha256 } of packages) expect(codeSha256[0]).toBe(codeSha256[1]);
  });

  it("finds two builds that differ", async () => {
    const { packages } = await buildTwice(build(UNSTABLE));
    for (const { codeSha256 } of packages) expect(codeSha256[0]).not.toBe(codeSha256[1]);
  });

  it("gives each build an empty folder, runs where it is told, and leaves nothing behind", async () => {
    const script = `${STABLE} if (fs.readdirSync(out).length !== 2) process.exit(9); fs.appendFileSync("ran", "x");`;
    await buildTwice(build(script));
    expect(readdirSync(folder)).toEqual(["ran"]);
  });

  it("finds a file that only one build made", async () => {
    const script = `${STABLE} if (!fs.existsSync("once")) { fs.writeFileSync("once", ""); fs.writeFileSync(out + "/b.zip", ""); }`;
    const { packages } = await buildTwice(build(script));
    expect(packages.find(({ file }) => file === "b.zip")?.codeSha256[1]).toBe("");
  });

  it.each([
    ["fails", 'console.error("no such module"); process.exit(7);', "exit code 7: no such module"],
    ["makes nothing", "", "made no .zip"],
  ])("says why a build is not known that %s", async (_, script, message) => {
    await expect(buildTwice(build(script))).rejects.toThrow(message);
  });

  // What it started holds its output open: the wait would not end while that runs.
  it("stops a build that hangs, with what it started", async () => {
    writeFileSync(join(folder, "child.cjs"), "setInterval(() => {}, 1000);");
    const script = 'require("node:child_process").spawnSync(process.execPath, ["child.cjs"], { stdio: "inherit" });';
    await expect(buildTwice(build(script, { timeoutMs: 500 }))).rejects.toThrow("took longer than 0.5 s");
  });

  it("does not start where the run was interrupted, nor a command that is not there", async () => {
    await expect(buildTwice(build(STABLE, { signal: AbortSignal.abort() }))).rejects.toThrow("interrupted");
    await expect(buildTwice(build(STABLE, { command: ["/no/such/command"] }))).rejects.toThrow(Unread);
  });
});
