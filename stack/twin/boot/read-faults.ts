import { readFile } from "node:fs/promises";
import { readFaultFile } from "../faults/fault-file.ts";
import { noFaults } from "../faults/no-faults.ts";
import { plantFaults } from "../faults/planted-faults.ts";
import { type BootResult, bootError } from "../model/boot-error.ts";
import type { Clock, FaultPlan } from "../model/ports.ts";

/** What goes wrong in this twin, and what of it has. */
export interface Faults {
  readonly plan: FaultPlan;
  /** For the status page. */
  readonly ledger: () => unknown;
}

/** Reads the fault file; without one nothing is planted. */
export async function readFaults(file: string | undefined, clock: Clock): Promise<BootResult<Faults>> {
  if (file === undefined) return { kind: "ok", value: { plan: noFaults, ledger: () => ({ done: [] }) } };
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    const message = `The fault file cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`;
    return bootError(
      "faults.not-found",
      message,
      `command line, --faults ${file}`,
      "Name a file that is there, or leave --faults out.",
    );
  }
  const read = readFaultFile(text, file);
  if (read.kind === "error") return read;
  const plan = plantFaults(read.value, clock);
  return { kind: "ok", value: { plan, ledger: () => ({ seed: plan.seed, done: plan.ledger() }) } };
}
