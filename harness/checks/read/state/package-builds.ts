import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PackageBuildsSetting } from "../../../model/settings/state-setting.ts";
import { unread } from "../unread.ts";
import { describeEnding, runCommand } from "./run-command.ts";

export interface BuildTwice {
  /** For people: `npm run build`. */
  readonly name: string;
  /** Command and its first arguments; the folder to build into is added as the last. */
  readonly command: readonly [file: string, ...args: string[]];
  /** Where it is run. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Of each build. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Builds the same code twice, into two empty temporary folders, one after the other; both folders are removed.
 *
 * @throws Unread where a build fails, takes too long or makes no zip.
 */
export async function buildTwice(build: BuildTwice): Promise<PackageBuildsSetting> {
  const [first, second] = [await buildOnce(build), await buildOnce(build)];
  const { name: command } = build;
  const files = [...new Set([...first.keys(), ...second.keys()])].sort();
  if (files.length === 0)
    throw unread("BuildMadeNothing", `${command} made no .zip in the folder that is its last argument`, "build");
  const packages = files.map((file): PackageBuildsSetting["packages"][number] => ({
    file,
    codeSha256: [first.get(file) ?? "", second.get(file) ?? ""],
  }));
  return { kind: "package-builds", command, packages };
}

async function buildOnce({ name, command, ...run }: BuildTwice): Promise<ReadonlyMap<string, string>> {
  const outFolder = await mkdtemp(join(tmpdir(), "stackproof-build-"));
  try {
    const [file, ...args] = command;
    const ending = await runCommand({ ...run, file, args: [...args, outFolder] });
    if (ending.kind !== "ended" || ending.exitCode !== 0)
      throw unread("BuildFailed", `${name}: ${describeEnding(ending, run.timeoutMs)}`, "build");
    return await hashZips(outFolder);
  } finally {
    await rm(outFolder, { recursive: true, force: true });
  }
}

async function hashZips(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".zip"));
  const hashes = files.map(async (file) => {
    const bytes = await readFile(join(folder, file));
    return [file, createHash("sha256").update(bytes).digest("base64")] as const;
  });
  return new Map(await Promise.all(hashes));
}
