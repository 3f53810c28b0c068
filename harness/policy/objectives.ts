import type { CanaryRun, Objectives } from "../model/canary.ts";

/** What the last runs say of one objective. */
export type ObjectiveState =
  /** Kept, and this run kept it too. */
  | { readonly kind: "kept"; readonly statement: string }
  /** This run missed it; the runs before it leave room for that. */
  | { readonly kind: "blip"; readonly statement: string }
  /** Missed too often. */
  | { readonly kind: "missed"; readonly statement: string }
  /** No run has a sample of it. */
  | { readonly kind: "no-samples"; readonly statement: string };

/** Whether a run met an objective; undefined where the run cannot tell. */
export type Sample = boolean | undefined;

/** The three objectives of a canary, each as a sample of one run. A run that could not see is no sample, neither good nor bad. */
export function samplesOf(run: CanaryRun, objectives: Objectives): Readonly<Record<Objective, Sample>> {
  const { sinkLatencyMs, metricsFreshnessMs, verdict } = run;
  return {
    success: verdict === "unknown" ? undefined : verdict === "pass",
    latency: sinkLatencyMs === null ? undefined : sinkLatencyMs <= objectives.sinkLatencyMs,
    freshness: metricsFreshnessMs === null ? undefined : metricsFreshnessMs <= objectives.metricsFreshnessMs,
  };
}

export type Objective = "success" | "latency" | "freshness";

/**
 * Judges one objective by its samples, oldest first, the last one this run's. A trend (too many bad ones of the last few) or an error
 * budget that is used up over the window misses it; a single bad sample within the budget is a blip (Google's SRE Workbook,
 * chapter 5: a short window that pages quickly, next to a long one that does not flap).
 */
export function judgeObjective(samples: readonly Sample[], objectives: Objectives): ObjectiveState {
  const known = samples.filter((sample) => sample !== undefined);
  const now = samples.at(-1);
  const trend = known.slice(-objectives.trendRuns);
  const trendBad = badOf(trend);
  const window = known.slice(-objectives.windowRuns);
  const bad = badOf(window);
  // One failure is always within the budget of a window that is not full yet.
  const allowed = Math.max(1, Math.floor(objectives.windowRuns * (1 - objectives.successRatio) + 1e-9));
  const figures = `${bad} of the last ${window.length} runs missed it, ${allowed} may`;
  if (window.length === 0) return { kind: "no-samples", statement: "no run has shown it yet" };
  if (now === false && known.length - 1 < objectives.leastRuns)
    return {
      kind: "missed",
      statement: `this run missed it, and ${known.length - 1} runs before it are too few to call that a blip`,
    };
  if (trendBad >= objectives.trendFailures)
    return { kind: "missed", statement: `${trendBad} of the last ${trend.length} runs missed it` };
  if (bad > allowed) return { kind: "missed", statement: `the error budget is used up: ${figures}` };
  return now === false ? { kind: "blip", statement: figures } : { kind: "kept", statement: figures };
}

function badOf(samples: readonly boolean[]): number {
  return samples.filter((isGood) => !isGood).length;
}
