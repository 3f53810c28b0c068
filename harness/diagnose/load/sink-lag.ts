import type { PhaseResult } from "../../model/load-report.ts";

/** A poll of the stream and a batch take so long where nothing is wrong. */
const STILL_MS = 1_000;

/**
 * Whether events took longer from the entry's answer to the sink than they do while nothing breaks. The backlog counts from the
 * intended time, so an entry that is slow makes it grow, too: this tells the two apart. An arrival that was not seen counts as late.
 */
export function lagsBehindEntry(phase: PhaseResult, phases: readonly PhaseResult[]): boolean {
  const lag = lagOf(phase);
  const calm = phases.filter(({ holds }) => holds === "pass").map((one) => lagOf(one) ?? 0);
  return lag === null || lag > Math.max(STILL_MS, 2 * Math.max(0, ...calm));
}

function lagOf({ sinkP99Ms, entryP99Ms }: PhaseResult): number | null {
  return sinkP99Ms === null ? null : sinkP99Ms - (entryP99Ms ?? 0);
}
