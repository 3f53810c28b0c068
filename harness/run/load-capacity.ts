import { capacityOf } from "../diagnose/load/capacity.ts";
import { consumptionOf } from "../diagnose/load/consumption.ts";
import { findBottleneck } from "../diagnose/load/find-bottleneck.ts";
import type { LoadEvidence } from "../diagnose/load/load-evidence.ts";
import { metricTableOf } from "../diagnose/load/metric-table.ts";
import type { RunStarted } from "../model/fact.ts";
import type { LoadSpec } from "../model/load.ts";
import type { Consumption } from "../model/load-consumption.ts";
import type { Bottleneck, Capacity, PhaseResult, Recommendation, SecondSeries } from "../model/load-report.ts";
import type { SearchEnd } from "../model/search-end.ts";
import type { Account } from "../model/settings/account.ts";
import { placeOf } from "../model/settings/place.ts";
import { judgedStepOf } from "../plan/rate-search/judged-step.ts";
import { endSearch, nextStep } from "../plan/rate-search.ts";
import type { EventSets } from "../reconcile/load/load-counts.ts";
import type { LoadLedger } from "../reconcile/load/load-ledger.ts";
import { lastingRate } from "../sizing/lasting-rate.ts";
import { readSize } from "../sizing/read-size.ts";
import { recommend, type SizedRecommendation } from "../sizing/recommend.ts";

/** What a load run showed, ready to be concluded from. */
export interface LoadShown {
  readonly started: RunStarted;
  readonly account: Account;
  readonly ledger: LoadLedger;
  readonly sets: EventSets;
  readonly phases: readonly PhaseResult[];
  readonly seconds: SecondSeries;
}

/** What the load says of the stack beyond its own phases. */
export interface LoadConclusion {
  readonly capacity: Capacity;
  /** What held back the phases that broke their policy. */
  readonly bottleneck: Bottleneck;
  readonly recommendation: Recommendation | null;
  /** The recommendation's values, for a twin that tries them; null where there is none. */
  readonly values: SizedRecommendation["values"] | null;
}

/** Where no target is named, the stack is sized for this much more than it holds. */
const GROWTH = 2;

/** The one place where a load run's capacity, bottleneck and recommendation are concluded from its phases and metrics. */
export function concludeLoad(shown: LoadShown): LoadConclusion {
  const { started, account, ledger, phases } = shown;
  const { spec, scenario } = ledger;
  const size = readSize(account, scenario.roles, placeOf(started.target));
  // The proof runs on a stack of another size: it says nothing of this one.
  const proofMs = Math.min(...phases.filter(({ plan }) => plan.purpose === "proof").map(({ plan }) => plan.startMs));
  const own = phases.filter(({ plan }) => plan.purpose !== "proof");
  const evidence: LoadEvidence = {
    scenario,
    size,
    eventsPerRequest: spec.eventsPerRequest,
    policy: spec.policy,
    phases: own,
    metrics: metricTableOf(
      ledger.metrics.map((metric) => ({
        ...metric,
        datapoints: metric.datapoints.filter(({ startMs }) => startMs < proofMs),
      })),
    ),
    answers: ledger.seconds.flatMap(({ second, answers }) =>
      Object.entries(answers).map(([answer, requests]) => ({ second, answer, requests })),
    ),
  };
  const use = useOf(shown, evidence, proofMs);
  const search = searchEndOf(shown, lastingRate(size, spec.bodyBytes));
  const capacity = capacityOf(evidence, search, use);
  const bottleneck = capacity.kind === "found" ? capacity.bottleneck : findBottleneck(evidence);
  const targetEventsPerSecond = targetOf(spec, capacity);
  const sized =
    targetEventsPerSecond === null
      ? null
      : recommend({ targetEventsPerSecond, size, use, capacity, bottleneck }, spec.sizing);
  const recommendation =
    sized === null ? null : { ...sized.recommendation, proof: proofOf(phases, sized.recommendation.proof) };
  return { capacity, bottleneck, recommendation, values: sized?.values ?? null };
}

/** The search as its steps say it ended; null where the profile is no search. */
function searchEndOf({ ledger, phases, seconds }: LoadShown, lasting: number | null): SearchEnd | null {
  const { profile, policy } = ledger.spec;
  if (profile.kind !== "search") return null;
  const steps = phases
    .filter(({ plan }) => plan.purpose === "search" || plan.purpose === "confirm")
    .map((result) => judgedStepOf(result, seconds, policy));
  const next = nextStep(profile, steps, lasting);
  if (next.kind === "done") return next;
  const stopped = ledger.aborts.map(({ reason }) => reason)[0] ?? "it was stopped before it was through";
  return endSearch(profile, steps, `the run ended: ${stopped}`);
}

/** Counted over everything but the proof. */
function useOf({ ledger, sets, phases }: LoadShown, evidence: LoadEvidence, proofMs: number): Consumption {
  const perRequest = ledger.spec.eventsPerRequest;
  const own = phases.filter(({ plan }) => plan.purpose !== "proof");
  const count = (set: { countBetween(from: number, until: number): number }): number =>
    own.reduce((sum, { plan: { firstRequest, requestCount } }) => {
      return sum + set.countBetween(firstRequest * perRequest, (firstRequest + requestCount) * perRequest);
    }, 0);
  return consumptionOf(evidence, {
    ackedEvents: count(ledger.outcomes.acked),
    arrivedEvents: count(sets.fates.arrived),
    sentEvents: count(sets.sent),
    sentBytes: ledger.seconds
      .filter(({ second }) => second * 1000 < proofMs)
      .reduce((sum, { sentBytes }) => sum + sentBytes, 0),
  });
}

function targetOf({ targetEventsPerSecond }: LoadSpec, capacity: Capacity): number | null {
  if (targetEventsPerSecond !== null) return targetEventsPerSecond;
  return capacity.kind === "found" ? Math.ceil(capacity.holdsEventsPerSecond * GROWTH) : null;
}

function proofOf(phases: readonly PhaseResult[], notRun: Recommendation["proof"]): Recommendation["proof"] {
  const proof = phases.filter(({ plan }) => plan.purpose === "proof").at(-1);
  if (proof === undefined) return notRun;
  const eventsPerSecond = Math.max(proof.plan.fromEventsPerSecond, proof.plan.toEventsPerSecond);
  const where = `On the twin, booted with these values, ${eventsPerSecond} events/s for ${proof.plan.durationMs / 1000} s`;
  switch (proof.holds) {
    case "pass":
      return { kind: "held", eventsPerSecond, statement: `${where} held: ${proof.why}` };
    case "fail":
      return { kind: "not-held", eventsPerSecond, statement: `${where} did not hold: ${proof.why}` };
    case "unknown":
      return { kind: "not-run", reason: `${where} could not be judged: ${proof.why}` };
    default:
      return proof.holds satisfies never;
  }
}
