import type { Diagnosis, Failure } from "../model/observation.ts";
import type { Timeline } from "../model/timeline.ts";

/** One possible cause: which evidence makes it likely, and how to fix it. One file each; `diagnose.ts` lists them. */
export interface Cause {
  /** Stable and short, for tests and catalogues. */
  readonly name: string;
  /** Undefined where the evidence does not speak for this cause. Pure. */
  explain(failure: Failure, timeline: Timeline): Explanation | undefined;
}

export interface Explanation extends Diagnosis {
  /** From above 0 (barely) to 1 (the evidence itself says so). The likeliest cause is the one that is named. */
  readonly likelihood: number;
}
