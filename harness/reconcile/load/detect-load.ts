import type { Observation } from "../../model/observation.ts";
import { detectData, detectEnding } from "./detectors/ending.ts";
import { detectLedgerMismatch } from "./detectors/engine.ts";
import { detectCapacity, detectHeld } from "./detectors/held.ts";
import { detectSeen, detectUnread } from "./detectors/hops.ts";
import { detectLost, detectUnaccounted } from "./detectors/lost.ts";
import { detectDuplicated, detectRecovered, detectReordered, detectUnexpected } from "./detectors/occurrences.ts";
import { detectAborted, detectSenderLate, detectUnsent } from "./detectors/sending.ts";
import type { LoadView } from "./load-view.ts";

/** In the order in which a reader wants them: what broke, what was lost, what is doubtful, what was proven. */
const DETECTORS: readonly ((view: LoadView) => readonly Observation[])[] = [
  detectHeld,
  detectCapacity,
  detectLost,
  detectDuplicated,
  detectUnexpected,
  detectUnaccounted,
  detectUnsent,
  detectSenderLate,
  detectLedgerMismatch,
  detectAborted,
  detectUnread,
  detectEnding,
  detectSeen,
  detectRecovered,
  detectReordered,
  detectData,
];

/** Everything that the facts of one loaded scenario say, before policy and diagnosis. */
export function detectLoad(view: LoadView): Observation[] {
  return DETECTORS.flatMap((detector) => detector(view));
}
