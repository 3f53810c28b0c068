import type { backlogGrowth } from "./backlog.ts";
import type { PhaseMeasure } from "./measure-load.ts";

/** Everything about one phase that its policy is held against. */
export interface PhaseFigures {
  readonly measure: PhaseMeasure;
  readonly planned: number;
  readonly sent: number;
  readonly acked: number;
  readonly lost: number;
  /** Acked and arrived, and acked and neither arrived nor lost. */
  readonly arrived: number;
  readonly unaccounted: number;
  readonly unsent: number;
  readonly errorRatio: number;
  readonly entryP99Ms: number | null;
  /** Over all acked events that are not lost: one that has not arrived counts as slower than any that has. */
  readonly sinkP99Ms: number | null;
  readonly sendDelayP99Ms: number | null;
  readonly growth: ReturnType<typeof backlogGrowth>;
  /** Highest iterator age of the stream while the phase was under way; null where none was read. */
  readonly iteratorAgeMs: number | null;
  /** Events that ended so long after the phase that they are over the bound of the latency, whatever its histogram says. */
  readonly lateEvents: number;
}
