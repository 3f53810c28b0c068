import type { Observation } from "../model/observation.ts";
import type { Timeline } from "../model/timeline.ts";
import { detectDuplicated } from "./detectors/duplicated.ts";
import { detectCrashed, detectEmpty, detectNotThrough } from "./detectors/ending.ts";
import { detectFailingEntry, detectRejected } from "./detectors/entry-answers.ts";
import { detectSeen } from "./detectors/hop-seen.ts";
import { detectUnread } from "./detectors/hop-unread.ts";
import { detectUnseen } from "./detectors/hop-unseen.ts";
import { detectLost } from "./detectors/lost.ts";
import { detectMetrics } from "./detectors/metric.ts";
import { detectRecovered } from "./detectors/recovered.ts";
import { detectRedelivered } from "./detectors/redelivered.ts";
import { detectReordered } from "./detectors/reordered.ts";
import { detectUnaccounted } from "./detectors/unaccounted.ts";
import { detectUnexpected } from "./detectors/unexpected.ts";
import { detectUnresolved } from "./detectors/unresolved.ts";
import { detectUnsent } from "./detectors/unsent.ts";

/** Looks at one scenario and states what it sees; none knows of another's result. */
type Detector = (timeline: Timeline) => readonly Observation[];

/** In the order in which a reader wants them: what broke at the entry, what was lost, what is doubtful, what was proven. */
const DETECTORS: readonly Detector[] = [
  detectRejected,
  detectFailingEntry,
  detectLost,
  detectDuplicated,
  detectUnexpected,
  detectUnaccounted,
  detectUnresolved,
  detectUnsent,
  detectUnread,
  detectUnseen,
  detectEmpty,
  detectNotThrough,
  detectCrashed,
  detectSeen,
  detectMetrics,
  detectRecovered,
  detectRedelivered,
  detectReordered,
];

/** Everything that the facts of one scenario say, before policy and diagnosis. */
export function detect(timeline: Timeline): Observation[] {
  return DETECTORS.flatMap((detector) => detector(timeline));
}
