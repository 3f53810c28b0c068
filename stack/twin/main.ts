import { boot } from "./boot/boot.ts";
import { readOptions } from "./boot/options.ts";
import type { Twin } from "./boot/twin.ts";
import { systemClock } from "./clock/system-clock.ts";
import type { BootError, BootResult } from "./model/boot-error.ts";
import { messageOf } from "./model/text.ts";

/** How long the ends of servers and threads may take before the process goes without them. */
const CLOSE_WITHIN_MS = 1000;

/** The exit code of a twin that could not boot. */
const COULD_NOT_BOOT = 3;

/** The one line on standard output: where the twin is, or why there is none. */
export type FirstLine =
  | ({ readonly kind: "ready"; readonly bootMs: number } & Omit<Twin, "close">)
  | ({ readonly kind: "error" } & BootError);

/** Boots a twin, says where it is in one line, and runs until standard input closes or a signal comes. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.kind === "error") return refuse(options.error);
  const report = (problem: string) => process.stderr.write(`twin: ${problem}\n`);
  const booting = boot(options.value, { clock: systemClock, moduleUrl: import.meta.url, report });
  whenLeft(() => end(booting));
  const booted = await booting;
  if (booted.kind === "error") return refuse(booted.error);
  const { accountId, region, env, connectTo, notes } = booted.value;
  // The performance clock counts from the start of the process: what loading the program takes is part of the boot.
  const bootMs = Math.round(performance.now());
  print({ kind: "ready", bootMs, accountId, region, env, connectTo, notes });
}

/** Calls `leave` once, when whoever started the twin has gone (standard input closed), or on SIGTERM or SIGINT. */
function whenLeft(leave: () => void): void {
  const once = () => {
    process.stdin.removeAllListeners();
    leave();
  };
  process.stdin.on("end", once).on("close", once).on("error", once).resume();
  process.once("SIGTERM", once);
  process.once("SIGINT", once);
}

/** Ends every server and thread (after a boot that is under way), and the process even where one of them does not end. */
function end(booting: Promise<BootResult<Twin>>): void {
  setTimeout(() => process.exit(0), CLOSE_WITHIN_MS);
  booting.then((booted) => (booted.kind === "ok" ? booted.value.close() : undefined)).finally(() => process.exit(0));
}

function refuse(error: BootError): void {
  print({ kind: "error", ...error });
  process.exit(COULD_NOT_BOOT);
}

function print(line: FirstLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

main().catch((cause: unknown) => {
  process.stderr.write(`twin: ${cause instanceof Error ? cause.stack : String(cause)}\n`);
  const message = messageOf(cause);
  refuse({
    code: "twin.failed",
    message: `The twin failed to boot: ${message}`,
    place: "twin",
    remedy: "Standard error says where; this is a defect of the twin.",
  });
});
