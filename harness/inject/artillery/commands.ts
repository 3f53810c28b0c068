import type { WorkerFiles } from "./artillery-files.ts";

/**
 * The version of Artillery that is run through npx. It is no dependency: it brings some 430 MB. 2.0.21 is the last that runs on
 * Node 20; from 2.0.22 on it needs Node 22.13.
 */
export const ARTILLERY_VERSION = "2.0.21";

/** A program and its arguments, to be run in the folder of the files. */
export type ArtilleryCommand = readonly [program: string, ...args: string[]];

const NPX = ["npx", "--yes", `artillery@${ARTILLERY_VERSION}`] as const;

/** Fetches Artillery where it is not in npm's cache, and says its version. */
export function versionCommand(): ArtilleryCommand {
  return [...NPX, "--version"];
}

/** One process of this machine. */
export function localCommand({ script, report }: WorkerFiles): ArtilleryCommand {
  return [...NPX, "run", "--output", report, script];
}

/**
 * One container of Artillery's Fargate runner, in the account whose credentials are in the environment. Every container of one
 * `--count N` gets the same script and is not told which of the N it is, so each worker, which has its own requests, is a separate command
 * with `--count 1` (artillery.io/docs/reference/cli/run-fargate).
 */
export function fargateCommand(
  { script, report, worker }: WorkerFiles,
  region: string,
  runId: string,
): ArtilleryCommand {
  const tags = `tool:stackproof,run:${runId},worker:${worker}`;
  return [...NPX, "run-fargate", "--count", "1", "--region", region, "--tags", tags, "--output", report, script];
}

/** A command as a person would type it. */
export function commandLine(command: ArtilleryCommand): string {
  return command.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}
