import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { BuildTwice } from "../checks/read/state/package-builds.ts";
import { packageRoot } from "../deployment/package-root.ts";
import type { TerraformSide } from "../run/read-checks.ts";
import type { RunTarget } from "../run/target.ts";

const BUILD_TIMEOUT_MS = 60_000;
const PLAN_TIMEOUT_MS = 120_000;

/**
 * What the run can learn from Terraform: the state that was given, the zips, a build to repeat (`STACKPROOF_BUILD`, a command that
 * takes the folder to build into; for this repository's own functions it is known) and, in an initialised folder, a plan.
 */
export function terraformSide(
  target: RunTarget,
  neededOutputs: TerraformSide["neededOutputs"],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): TerraformSide {
  const { outputs, state, folder, source } = target.deployment;
  const zipFolder = target.functionsFolder;
  const build = buildCommand(env["STACKPROOF_BUILD"], [
    folder === undefined ? undefined : join(folder, "dist"),
    zipFolder,
  ]);
  const initialised = folder !== undefined && existsSync(join(folder, ".terraform"));
  const runs = { environment: env, signal };
  return {
    outputs,
    neededOutputs,
    source,
    state,
    terraformFolder: folder,
    zipFolder,
    build: build === undefined ? undefined : { ...runs, ...build, folder: process.cwd(), timeoutMs: BUILD_TIMEOUT_MS },
    plan: initialised
      ? { ...runs, command: env["STACKPROOF_TERRAFORM"] ?? "terraform", folder, timeoutMs: PLAN_TIMEOUT_MS }
      : undefined,
  };
}

function buildCommand(
  given: string | undefined,
  zipFolders: readonly (string | undefined)[],
): Pick<BuildTwice, "name" | "command"> | undefined {
  const [file, ...args] = given?.split(" ").filter((word) => word !== "") ?? [];
  if (file !== undefined) return { name: [file, ...args].join(" "), command: [file, ...args] };
  const own = join(packageRoot(), "stack");
  const isOwn = zipFolders.some((folder) => folder !== undefined && resolve(folder) === join(own, "dist"));
  return isOwn
    ? { name: "stack/functions/build.mjs", command: [process.execPath, join(own, "functions", "build.mjs")] }
    : undefined;
}
