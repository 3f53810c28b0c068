import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { packageRoot } from "../deployment/package-root.ts";

/** Vitest's global set-up: tests that start the command line or the twin as a process find them built from today's sources. */
export default function buildOnce(): void {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(packageRoot(), "harness", "bin", "stackproof.mjs"), "--version"],
    {
      encoding: "utf8",
      timeout: 60_000,
    },
  );
  if (status !== 0) throw new Error(`the build before the tests failed:\n${stderr}`);
}
