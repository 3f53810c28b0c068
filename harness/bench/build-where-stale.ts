import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { packageRoot } from "../deployment/package-root.ts";

/** The launcher builds what is older than its sources: a bench that starts bundles calls it first. */
export async function buildWhereStale(): Promise<void> {
  const launcher = join(packageRoot(), "harness", "bin", "stackproof.mjs");
  await promisify(execFile)(process.execPath, [launcher, "--version"], { timeout: 120_000 });
}
