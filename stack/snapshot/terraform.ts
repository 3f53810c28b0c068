import { spawn } from "node:child_process";
import { SnapshotError } from "./errors.ts";

/** Where and how terraform runs. */
export interface TerraformRun {
  /** The command: a name on the PATH or a file. */
  readonly command: string;
  /** The folder of the configuration. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

const GRACE_MS = 10_000;

/**
 * Runs terraform and gives back what it printed on standard output; its standard error goes to ours. A run that takes longer
 * than `timeoutMs` is asked to stop (SIGTERM) and, ten seconds later, made to (SIGKILL). Throws a SnapshotError when it
 * cannot start, fails or is stopped.
 */
export function terraform(run: TerraformRun, args: readonly string[], timeoutMs: number): Promise<string> {
  const what = `terraform ${args[0]}`;
  return new Promise((resolve, reject) => {
    const child = spawn(run.command, args, {
      cwd: run.folder,
      env: run.environment,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));

    const stop = () => {
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), GRACE_MS).unref();
    };
    const deadline = setTimeout(stop, timeoutMs);
    process.once("SIGINT", stop).once("SIGTERM", stop);
    const settled = () => {
      clearTimeout(deadline);
      process.off("SIGINT", stop).off("SIGTERM", stop);
    };

    child.once("error", (error) => {
      settled();
      const remedy = "install terraform, or name the command to run in STACKPROOF_TERRAFORM";
      reject(new SnapshotError(`${what} does not start: ${error.message}`, run.command, remedy));
    });
    child.once("close", (code, signal) => {
      settled();
      const text = Buffer.concat(output).toString("utf8");
      if (code === 0) return resolve(text);
      process.stderr.write(text);
      const how = signal === null ? `exit code ${code}` : `stopped by ${signal}, its limit is ${timeoutMs / 1000} s`;
      reject(new SnapshotError(`${what} failed: ${how}`, "stack/*.tf", "read what terraform printed above"));
    });
  });
}
