import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../deployment/package-root.ts";

export const SNAPSHOT = join(packageRoot(), "stack", "snapshot", "snapshot.json");
export const FUNCTIONS = join(packageRoot(), "stack", "dist");

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line as a process of its own, as users run it. `during` may look at it and signal it while it runs. */
export function stackproof(
  args: readonly string[],
  options: {
    readonly env?: NodeJS.ProcessEnv;
    readonly cwd?: string;
    readonly timeoutMs?: number;
    readonly during?: (child: ChildProcess) => void;
  } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [join(packageRoot(), "harness", "bin", "stackproof.mjs"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    timeout: options.timeoutMs ?? 110_000,
    ...(options.env === undefined ? {} : { env: options.env }),
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  options.during?.(child);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

/** A folder for one test's files, and the way to be rid of it. */
export function temporaryFolder(): {
  readonly path: string;
  write(name: string, content: string): string;
  remove(): void;
} {
  const path = mkdtempSync(join(tmpdir(), "stackproof-test-"));
  return {
    path,
    write(name, content) {
      const file = join(path, name);
      writeFileSync(file, content);
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
