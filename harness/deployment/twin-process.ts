import { type ChildProcessByStdio, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { z } from "zod";
import { CannotRun } from "../model/errors.ts";
import type { ClientOptions } from "./clients.ts";
import { packageRoot } from "./package-root.ts";

const BOOT_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 3_000;

/** Arguments of the twin's process; its README says what each does. */
export interface TwinOptions {
  /** A `terraform show -json` of a state. */
  readonly stateFile: string;
  /** Folder of built zips. */
  readonly functionsFolder: string;
  readonly faultsFile?: string | undefined;
  /** JSON of service limits that override those of AWS. */
  readonly limitsFile?: string | undefined;
  /** An IAM policy of the person who verifies, who is an administrator otherwise. */
  readonly callerPolicyFile?: string | undefined;
  readonly port?: number | undefined;
  readonly metricDelayMs?: number | undefined;
  readonly metricPeriodMs?: number | undefined;
  readonly logDelayMs?: number | undefined;
}

/** A twin that runs: how to reach it over the wire, and how to end it. */
export interface RunningTwin {
  readonly bootMs: number;
  readonly accountId: string;
  readonly region: string;
  /** The SDK's own variables: endpoint, region, credentials. */
  readonly env: Readonly<Record<string, string>>;
  /** Host names of the deployment → URLs on loopback. */
  readonly connectTo: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  stop(): Promise<void>;
}

const readyLine = z.object({
  kind: z.literal("ready"),
  bootMs: z.number(),
  accountId: z.string(),
  region: z.string(),
  env: z.record(z.string(), z.string()),
  connectTo: z.record(z.string(), z.string()),
  notes: z.array(z.string()),
});
const errorLine = z.object({
  kind: z.literal("error"),
  code: z.string(),
  message: z.string(),
  place: z.string(),
  remedy: z.string(),
});
const firstLine = z.discriminatedUnion("kind", [readyLine, errorLine]);

type TwinChild = ChildProcessByStdio<Writable, Readable, Readable>;

/** Boots the twin in a separate process and waits until it is ready. Throws `CannotRun` with the twin's error. */
export async function bootTwin(options: TwinOptions): Promise<RunningTwin> {
  const main = join(packageRoot(), "stack", "twin", "dist", "main.mjs");
  if (!existsSync(main)) throw twinProblem("twin.not-built", "The twin is not built", main, "Run npm ci.");
  // Under load most of what the twin makes lives for one request: a larger nursery keeps it from being carried along.
  // And its threads keep every core at work: a collection that they share with helpers takes more CPU, and ends no sooner.
  const flags = ["--enable-source-maps", "--max-semi-space-size=64", "--no-parallel-scavenge"];
  const child = spawn(process.execPath, [...flags, main, ...toArguments(options)], {
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  const complaints = collectText(child.stderr);
  try {
    const ready = await readFirstLine(child, complaints);
    child.stdout.resume();
    return { ...ready, stop: () => stopChild(child) };
  } catch (error) {
    await stopChild(child);
    throw error;
  }
}

/** What SDK clients need to reach a twin. */
export function clientOptionsOf({ env, region }: RunningTwin) {
  const {
    AWS_ENDPOINT_URL: endpoint = "",
    AWS_ACCESS_KEY_ID: accessKeyId = "",
    AWS_SECRET_ACCESS_KEY: secretAccessKey = "",
  } = env;
  return { region, endpoint, credentials: { accessKeyId, secretAccessKey } } satisfies ClientOptions;
}

function toArguments(options: TwinOptions): string[] {
  const pairs: [string, string | number | undefined][] = [
    ["--state", options.stateFile],
    ["--functions", options.functionsFolder],
    ["--faults", options.faultsFile],
    ["--limits", options.limitsFile],
    ["--caller-policy", options.callerPolicyFile],
    ["--port", options.port],
    ["--metric-delay-ms", options.metricDelayMs],
    ["--metric-period-ms", options.metricPeriodMs],
    ["--log-delay-ms", options.logDelayMs],
  ];
  return pairs.flatMap(([name, value]) => (value === undefined ? [] : [name, String(value)]));
}

async function readFirstLine(child: TwinChild, complaints: () => string): Promise<z.infer<typeof readyLine>> {
  const line = await Promise.race([
    new Promise<string>((resolve) => createInterface({ input: child.stdout }).once("line", resolve)),
    new Promise<never>((_, reject) =>
      child.once("close", (code) => {
        reject(
          twinProblem(
            "twin.ended",
            `The twin ended with code ${code} before it was ready`,
            complaints(),
            "This is a defect of stackproof: report it with the lines above.",
          ),
        );
      }),
    ),
    rejectAfter(BOOT_TIMEOUT_MS, complaints),
  ]);
  const parsed = firstLine.safeParse(JSON.parse(line));
  if (!parsed.success)
    throw twinProblem(
      "twin.rubbish",
      `The twin said something else than ready: ${line}`,
      "its first line",
      "Run npm ci again.",
    );
  if (parsed.data.kind === "error") throw new CannotRun(parsed.data);
  return parsed.data;
}

function rejectAfter(durationMs: number, complaints: () => string): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => {
      reject(
        twinProblem(
          "twin.slow",
          `The twin was not ready within ${durationMs} ms`,
          complaints(),
          "Look whether the machine is overloaded, and run again.",
        ),
      );
    }, durationMs).unref();
  });
}

/** Keeps the last 4 KiB that a stream said. */
function collectText(stream: Readable): () => string {
  let text = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    text = (text + chunk).slice(-4096);
  });
  return () => text.trim() || "the twin's standard error, which is empty";
}

/** Closing its standard input ends the twin; one that does not end is killed. */
async function stopChild(child: TwinChild): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  child.stdin.end();
  const kill = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(kill);
}

function twinProblem(code: string, message: string, place: string, remedy: string): CannotRun {
  return new CannotRun({ code, message, place, remedy });
}
