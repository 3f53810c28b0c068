import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { applyStack, copyStack } from "./apply-stack.ts";
import { checkEndpoint, terraformEnvironment } from "./environment.ts";
import { SnapshotError } from "./errors.ts";

/**
 * `apply-and-run.ts FILE COMMAND [ARG…]`: applies the stack to the control plane that AWS_ENDPOINT_URL names (loopback alone),
 * writes the state (`terraform show -json`) to FILE, and runs COMMAND while that control plane still knows the stack. Ends with
 * the command's exit code; 3 where the stack could not be applied, 64 where the command line is wrong.
 */
async function applyAndRun(file: string, command: string, args: readonly string[]): Promise<number> {
  checkEndpoint(process.env);
  const workFolder = await mkdtemp(join(tmpdir(), "stackproof-apply-"));
  try {
    await copyStack(dirname(dirname(fileURLToPath(import.meta.url))), workFolder);
    const run = {
      command: process.env["STACKPROOF_TERRAFORM"] ?? "terraform",
      folder: workFolder,
      environment: terraformEnvironment(process.env, join(workFolder, ".terraform")),
    };
    const state = await applyStack(run, (line) => void process.stderr.write(`${line}\n`));
    await writeFile(file, JSON.stringify(state));
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
  return runCommand(command, args);
}

/** Ended with this process, so that a caller who gives up leaves nothing behind. */
function runCommand(command: string, args: readonly string[]): Promise<number> {
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  const stop = () => void child.kill("SIGTERM");
  process.once("SIGINT", stop).once("SIGTERM", stop);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}

const [file, command, ...args] = process.argv.slice(2);
if (file === undefined || command === undefined) {
  process.stderr.write("usage: apply-and-run.ts FILE COMMAND [ARG…]\n");
  process.exitCode = 64;
} else {
  try {
    process.exitCode = await applyAndRun(file, command, args);
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    const { message, place, remedy } = error;
    process.stderr.write(`the stack was not applied: ${message}\n  where: ${place}\n  what to do: ${remedy}\n`);
    process.exitCode = 3;
  }
}
