import { spawn } from "node:child_process";
import { join } from "node:path";
import { packageRoot } from "../deployment/package-root.ts";

/** What a bench found: names with units, and numbers. */
export type Figures = Readonly<Record<string, number>>;
export type Bench = () => Promise<Figures>;

export function printBench(figures: Figures, asJson: boolean, stream: NodeJS.WritableStream): void {
  const lines = Object.entries(figures).map(([name, value]) => `${name.padEnd(24)} ${value}`);
  stream.write(asJson ? `${JSON.stringify(figures)}\n` : `${lines.join("\n")}\n`);
}

/** The middle value; the mean of the two middle ones where their number is even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

export interface TimedCommand {
  readonly exitCode: number | null;
  readonly durationMs: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as a user would, and times the whole process. */
export function timeStackproof(args: readonly string[], timeoutMs: number): Promise<TimedCommand> {
  const startMs = performance.now();
  const child = spawn(process.execPath, [join(packageRoot(), "harness", "bin", "stackproof.mjs"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    timeout: timeoutMs,
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, durationMs: performance.now() - startMs, stdout, stderr }));
  });
}
