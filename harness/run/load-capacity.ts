import type { Bottleneck, Capacity, PhaseResult, Recommendation } from "../model/load-report.ts";
import type { LoadLedger } from "../reconcile/load/load-ledger.ts";

/** What the load says of the stack beyond its own phases. */
export interface LoadConclusion {
  readonly capacity: Capacity;
  /** What held back the phases that broke their policy. */
  readonly bottleneck: Bottleneck;
  readonly recommendation: Recommendation | null;
}

/** The one place where a load run's capacity, bottleneck and recommendation are concluded from its phases and metrics. */
export function concludeLoad({ spec }: LoadLedger, _phases: readonly PhaseResult[]): LoadConclusion {
  const reason = "the metrics of the run do not tell one limit from another";
  return {
    capacity: spec.profile.kind === "search" ? { kind: "unknown", reason } : { kind: "not-searched" },
    bottleneck: { kind: "unknown", reason },
    recommendation: null,
  };
}
