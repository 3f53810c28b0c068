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

export interface ProcessOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly timeoutMs?: number;
  /** May look at the process and signal it while it runs. */
  readonly during?: (child: ChildProcess) => void;
}

const LAUNCHER = join(packageRoot(), "harness", "bin", "stackproof.mjs");

/** The command line as a separate process, as users run it. */
export function stackproof(args: readonly string[], options: ProcessOptions = {}): Promise<Ended> {
  return runNode([LAUNCHER, ...args], options);
}

/** A process of Node until it ends, with what it printed. */
export function runNode(args: readonly string[], options: ProcessOptions = {}): Promise<Ended> {
  const { timeoutMs = 110_000, during, ...others } = options;
  const child = spawn(process.execPath, args, { ...others, stdio: ["ignore", "pipe", "pipe"], timeout: timeoutMs });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  during?.(child);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

/** A folder for one test's files; `remove` deletes it. */
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
