import { createHash } from "node:crypto";
import type { Clock, FaultAction, FaultPlan } from "../model/ports.ts";
import { remembered } from "../model/remembered.ts";
import type { Fault, FaultsToPlant } from "./fault-file.ts";
import { FaultLedger, type LedgerEntry } from "./fault-ledger.ts";
import { hopKindOf } from "./hops.ts";
import { Occurrences } from "./occurrences.ts";
import { Overtaking } from "./overtaking.ts";

interface PlantedFaults extends FaultPlan {
  readonly seed: number;
  /** What was done so far. */
  ledger(): readonly LedgerEntry[];
}

interface Planned extends Fault {
  readonly index: number;
  /** Passages that came by, and what was planted on them. */
  seen: number;
  planted: number;
}

const NONE: FaultAction = { kind: "none" };
/** What a passage is cut to in the ledger and in the draw. */
const MAXIMUM_PASSAGE_LENGTH = 2_048;

/**
 * The plan of a fault file. Each decision is drawn from the seed, the hop and the passage alone (and from how often that
 * passage has been there), so that the same traffic meets the same faults however it is timed. Where several faults
 * fit, the first of the file that strikes does.
 */
export function plantFaults({ seed, faults }: FaultsToPlant, clock: Clock): PlantedFaults {
  const planned: Planned[] = faults.map((fault, index) => ({ ...fault, index, seen: 0, planted: 0 }));
  const bootedMs = clock.nowMs();
  const ledger = new FaultLedger();
  const occurrences = new Occurrences();
  const overtaking = new Overtaking(clock);
  const faultsAt = remembered((hop) => planned.filter((fault) => hop === fault.hop || hop.startsWith(`${fault.hop}:`)));
  const strikes = (fault: Planned, hop: string, passage: string, occurrence: number): number | undefined => {
    const sinceBootMs = clock.nowMs() - bootedMs;
    if (fault.contains !== undefined && !passage.includes(fault.contains)) return undefined;
    if (sinceBootMs < fault.firstMs || sinceBootMs > fault.lastMs || fault.planted >= fault.count) return undefined;
    fault.seen += 1;
    const [chance, share] = draw(seed, fault.index, hop, passage, occurrence);
    const { chosenBy } = fault;
    const struck = chosenBy.kind === "rate" ? chance < chosenBy.rate : fault.seen % chosenBy.every === 0;
    return struck ? share : undefined;
  };
  return {
    seed,
    ledger: () => ledger.entries(),
    actionAt(hop, given) {
      const candidates = faultsAt(hop);
      if (candidates.length === 0) return NONE;
      overtaking.passed(hop);
      const passage = (typeof given === "string" ? given : given()).slice(0, MAXIMUM_PASSAGE_LENGTH);
      const occurrence = occurrences.of(hop, passage);
      for (const fault of candidates) {
        const share = strikes(fault, hop, passage, occurrence);
        if (share === undefined) continue;
        fault.planted += 1;
        occurrences.add(hop, passage, true);
        const happened = () => ledger.add(hop, fault.kind, passage);
        if (fault.kind === "reorder" && hopKindOf(hop)?.acksReordered) return heldRecord(fault, happened);
        happened();
        return actionOf(fault, share, hop, overtaking);
      }
      occurrences.add(hop, passage, false);
      return NONE;
    },
  };
}

/** The hop itself holds the event and finds out when it is overtaken. */
function heldRecord({ delayMs: [leastMs, atMostMs] }: Fault, happened: () => void): FaultAction {
  return { kind: "reorder", leastMs, atMostMs, overtaken: Promise.resolve(), happened };
}

function actionOf(
  { kind, code, delayMs: [least, most] }: Fault,
  share: number,
  hop: string,
  overtaking: Overtaking,
): FaultAction {
  switch (kind) {
    case "drop":
    case "missing":
      return { kind: "drop" };
    case "delay":
    case "late":
      return { kind: "delay", delayMs: Math.round(least + share * (most - least)) };
    case "error":
      return { kind: "error", code: code ?? "InternalFailure" };
    case "reorder":
      return { kind, leastMs: 0, atMostMs: most, overtaken: overtaking.hold(hop, most), happened: () => {} };
    case "duplicate":
    case "throttle":
      return { kind };
    default:
      return kind satisfies never;
  }
}

/** Two numbers, evenly in [0, 1), from what is drawn for: the same every time, and independent of every other draw. */
function draw(seed: number, fault: number, hop: string, passage: string, occurrence: number): [number, number] {
  const digest = createHash("sha256")
    .update(JSON.stringify([seed, fault, hop, passage, occurrence]))
    .digest();
  return [digest.readUIntBE(0, 6) / 2 ** 48, digest.readUIntBE(6, 6) / 2 ** 48];
}
