import type { LimitName } from "../../model/load.ts";
import type { PhaseResult } from "../../model/load-report.ts";
import type { LoadEvidence, Movement } from "./load-evidence.ts";

/** One limit: how its own metrics show that it was met, and what follows from it. */
export interface LimitRule {
  readonly limit: LimitName;
  movement(evidence: LoadEvidence, phase: PhaseResult): Movement;
  /** Limits whose metrics move as a consequence of this one: where this one moved no later, they are no cause. */
  readonly explains: readonly LimitName[];
}
