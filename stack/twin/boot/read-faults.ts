import { readFaultFile } from "../faults/fault-file.ts";
import { noFaults } from "../faults/no-faults.ts";
import { plantFaults } from "../faults/planted-faults.ts";
import type { BootResult } from "../model/boot-error.ts";
import type { Clock, FaultPlan } from "../model/ports.ts";
import { readPlantedFile } from "./read-file.ts";

/** What goes wrong in this twin, and what of it has. */
interface Faults {
  readonly plan: FaultPlan;
  /** For the status page. */
  readonly ledger: () => unknown;
}

/** Reads the fault file; without one nothing is planted. */
export async function readFaults(file: string | undefined, clock: Clock): Promise<BootResult<Faults>> {
  if (file === undefined) return { kind: "ok", value: { plan: noFaults, ledger: () => ({ done: [] }) } };
  const text = await readPlantedFile(file, "fault");
  if (text.kind === "error") return text;
  const read = readFaultFile(text.value, file);
  if (read.kind === "error") return read;
  const plan = plantFaults(read.value, clock);
  return { kind: "ok", value: { plan, ledger: () => ({ seed: plan.seed, done: plan.ledger() }) } };
}
