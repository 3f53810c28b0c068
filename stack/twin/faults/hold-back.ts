import { NEVER_ABORTS } from "../model/closing.ts";
import type { Clock, FaultAction } from "../model/ports.ts";

/** Waits as a planted delay or reordering says, or until `signal` aborts; does not wait for any other action. */
export async function holdBack(fault: FaultAction, clock: Clock, signal: AbortSignal = NEVER_ABORTS): Promise<void> {
  if (fault.kind === "delay") await clock.wait(fault.delayMs, signal);
  if (fault.kind === "reorder") await fault.overtaken;
}
