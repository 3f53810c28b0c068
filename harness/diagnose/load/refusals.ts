import type { PhaseResult } from "../../model/load-report.ts";
import type { LoadEvidence, Movement } from "./load-evidence.ts";
import { type MetricQuery, pointsIn, sumIn } from "./metric-table.ts";
import { atRate, sinceStart, spanOf } from "./phase-span.ts";

/**
 * Movement of a limit whose service counts what it refuses. `witness` is a metric of the same resource that comes whenever it is
 * used: a count of refusals that did not come is none where the witness came, and unknown where that is missing too.
 */
export function refusalsIn(
  { metrics }: LoadEvidence,
  phase: PhaseResult,
  subject: string,
  refusals: readonly MetricQuery[],
  witness: MetricQuery,
): Movement {
  const span = spanOf(phase);
  const lines = refusals.map((query) => metrics.line(query)).filter((line) => line !== undefined);
  for (const line of lines) {
    const first = pointsIn(line, span).find(({ value }) => value > 0);
    if (first === undefined) continue;
    const said = `${line.label} of ${subject}: ${Math.round(sumIn(line, span))} ${atRate(phase)}, first ${sinceStart(first.startMs, phase)}`;
    return {
      kind: "moved",
      firstAtMs: first.startMs,
      withinMs: line.periodMs,
      subject,
      evidence: [said],
      weight: 3,
    };
  }
  const seen = lines.some((line) => pointsIn(line, span).length > 0);
  const witnessLine = metrics.line(witness);
  if (seen || (witnessLine !== undefined && pointsIn(witnessLine, span).length > 0)) return { kind: "still" };
  const names = refusals.map(({ namespace, metric }) => `${namespace} ${metric}`).join(", ");
  return { kind: "unknown", reason: `no datapoint of ${names} for ${subject} came for the step ${atRate(phase)}` };
}
