import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { FirstLine } from "../main.ts";
import { snapshotFile } from "./states.ts";

/** The twin and the functions' zips as `npm run build` makes them, which Vitest's global set-up runs if a source is newer. */
export const mainFile = fileURLToPath(new URL("../dist/main.mjs", import.meta.url));
export const functionsFolder = fileURLToPath(new URL("../../dist", import.meta.url));

/** Arguments of a twin of the reference stack. */
export const snapshotArgs = ["--state", snapshotFile, "--functions", functionsFolder] as const;

/** A twin in a process of its own, after its first line. */
interface TwinProcess {
  readonly first: FirstLine;
  readonly child: ChildProcess;
  /** Everything it has printed to standard output so far. */
  lines(): readonly string[];
  /** The exit code (or the signal that ended it), once it has ended. */
  readonly ended: Promise<number | string>;
}

/** Starts a twin's process and resolves with its first line. */
export async function startTwin(args: readonly string[]): Promise<TwinProcess> {
  const child = spawn(process.execPath, [mainFile, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  const lines: string[] = [];
  const ended = new Promise<number | string>((resolve) => {
    child.on("close", (code, signal) => resolve(code ?? signal ?? "unknown"));
  });
  const first = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      resolve(line);
    });
    ended.then((end) => reject(new Error(`the twin ended with ${end} and said nothing`)));
  });
  return { first: JSON.parse(first), child, lines: () => lines, ended };
}

/** Starts a twin that must come up. `config` is what an SDK client takes to reach it. */
export async function startReadyTwin(args: readonly string[]) {
  const { first, child, lines, ended } = await startTwin(args);
  if (first.kind === "error") throw new Error(`${first.code}: ${first.message}`);
  const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region } = first.env;
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = first.env;
  return {
    ready: first,
    config: { endpoint, region, credentials: { accessKeyId, secretAccessKey } },
    child,
    lines,
    ended,
    /** Ends it as whoever started it does: by closing its standard input. */
    end() {
      child.stdin?.end();
      return ended;
    },
  };
}
