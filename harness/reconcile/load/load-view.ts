import type { Capacity, PhaseResult } from "../../model/load-report.ts";
import type { EventCounts } from "../../model/report.ts";
import type { Timeline } from "../../model/timeline.ts";
import type { EventSets } from "./load-counts.ts";
import type { LoadLedger } from "./load-ledger.ts";
import type { LoadMeasures } from "./measure-load.ts";
import type { PhaseFigures } from "./phase-figures.ts";

/** Everything that a detector of a load run looks at. */
export interface LoadView {
  readonly ledger: LoadLedger;
  readonly sets: EventSets;
  readonly counts: EventCounts;
  readonly measures: LoadMeasures;
  readonly figures: readonly PhaseFigures[];
  readonly phases: readonly PhaseResult[];
  readonly capacity: Capacity;
  /** How the scenario's hops were read, how the run ended, and what crashed: the facts that every kind of run writes. */
  readonly timeline: Timeline;
}
