import { spawn } from "node:child_process";

export interface CommandRun {
  readonly file: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** When it is ended by force, with all that it started. */
  readonly timeoutMs: number;
  /** Ends it at once. */
  readonly signal: AbortSignal;
}

export type CommandEnding =
  | {
      readonly kind: "ended";
      readonly exitCode: number;
      readonly standardOutput: string;
      readonly standardError: string;
    }
  | { readonly kind: "not-started"; readonly reason: string }
  | { readonly kind: "timed-out" }
  | { readonly kind: "interrupted" };

/** Of each stream; a plan of a thousand resources is some megabytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Runs a command to its end, or to its time-out. Never throws. */
export function runCommand({ file, args, folder, environment, timeoutMs, signal }: CommandRun): Promise<CommandEnding> {
  if (signal.aborted) return Promise.resolve({ kind: "interrupted" });
  return new Promise((resolve) => {
    // A process group of its own, so that what it started ends with it.
    const child = spawn(file, [...args], {
      cwd: folder,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let forced: CommandEnding | undefined;
    const force = (ending: CommandEnding) => {
      forced ??= ending;
      killGroup(child.pid);
    };
    const interrupt = () => force({ kind: "interrupted" });
    const timer = setTimeout(() => force({ kind: "timed-out" }), timeoutMs);
    signal.addEventListener("abort", interrupt, { once: true });
    const end = (ending: CommandEnding) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", interrupt);
      resolve(forced ?? ending);
    };
    const tooLong = () => force({ kind: "not-started", reason: `it printed more than ${MOST_BYTES} bytes` });
    const standardOutput = collect(child.stdout, tooLong);
    const standardError = collect(child.stderr, tooLong);
    child.once("error", (error) => end({ kind: "not-started", reason: error.message }));
    child.once("close", (code) =>
      end({ kind: "ended", exitCode: code ?? -1, standardOutput: standardOutput(), standardError: standardError() }),
    );
  });
}

function collect(stream: NodeJS.ReadableStream, tooLong: () => void): () => string {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  stream.on("data", (chunk: Buffer) => {
    sizeBytes += chunk.length;
    if (sizeBytes > MOST_BYTES) tooLong();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString("utf8");
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself meanwhile.
  }
}

/** How it went wrong, in one sentence, for an error. */
export function describeEnding(ending: CommandEnding, timeoutMs: number): string {
  switch (ending.kind) {
    case "ended":
      return `exit code ${ending.exitCode}: ${firstLine(ending.standardError) ?? firstLine(ending.standardOutput) ?? "no message"}`;
    case "not-started":
      return `it did not run: ${ending.reason}`;
    case "timed-out":
      return `it took longer than ${timeoutMs / 1000} s and was stopped`;
    case "interrupted":
      return "the run was interrupted";
    default:
      return ending satisfies never;
  }
}

/** Terraform frames its errors with lines that hold no word. */
function firstLine(text: string): string | undefined {
  return text
    .split("\n")
    .map((line) => line.replace(/^[│╷╵\s]+/, "").trim())
    .find((line) => /\w/.test(line));
}
