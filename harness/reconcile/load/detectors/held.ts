import type { PhaseResult } from "../../../model/load-report.ts";
import type { Leaning, Observation } from "../../../model/observation.ts";
import { sinkOf } from "../../../model/scenario.ts";
import { observe, PASS, unknown } from "../../observe.ts";
import type { LoadView } from "../load-view.ts";
import { describePhase, describeRate } from "../load-wording.ts";

/** `load.held`: each phase of a profile, and of a recommendation's proof `load.target-held`, against the policy. */
export function detectHeld(view: LoadView): Observation[] {
  return view.phases.flatMap((result) => {
    switch (result.plan.purpose) {
      case "profile":
        return [held(view, "load.held", result, describeRate(result.plan))];
      case "proof":
        return [held(view, "load.target-held", result, `${describeRate(result.plan)} with the recommended values`)];
      case "warm-up":
      case "search":
      case "confirm":
      case "saturation":
        return [];
      default:
        return result.plan.purpose satisfies never;
    }
  });
}

const WORDS = { pass: "held", fail: "did not hold", unknown: "is not known to hold" } as const;

function held(view: LoadView, code: "load.held" | "load.target-held", result: PhaseResult, what: string): Observation {
  const { plan, holds, why } = result;
  return observe(view.ledger.scenario, {
    code,
    at: describePhase(plan),
    statement: `${what} for ${plan.durationMs / 1000} s ${WORDS[holds]}: ${why}.`,
    evidence: figures(result),
    leaning: leaningOf(view, result),
  });
}

function leaningOf({ ledger }: LoadView, { holds, why }: PhaseResult): Leaning {
  switch (holds) {
    case "pass":
      return PASS;
    case "unknown":
      return unknown(`Nothing broke the policy, and not all of it was seen (${why}): mend that, and run again.`);
    case "fail": {
      const isSinks =
        why.includes("sink") || why.includes("backlog") || why.includes("lost") || why.includes("iterator");
      const hop = isSinks ? sinkOf(ledger.scenario) : ledger.scenario.hops[0];
      return { verdict: "fail", hop: hop?.name ?? ledger.scenario.hops[0].name, tags: [] };
    }
    default:
      return holds satisfies never;
  }
}

function figures(result: PhaseResult): string[] {
  const of = (value: number | null, unit: string): string =>
    value === null ? "not measured" : `${Number(value.toFixed(1))}${unit}`;
  return [
    `sent ${of(result.sentEventsPerSecond, "/s")}, acked ${of(result.ackedEventsPerSecond, "/s")}, ${result.unsentEvents} not sent`,
    `entry p50 ${of(result.entryP50Ms, " ms")}, p99 ${of(result.entryP99Ms, " ms")}; sink p99 ${of(result.sinkP99Ms, " ms")}`,
    `send delay p99 ${of(result.sendDelayP99Ms, " ms")}; backlog ${of(result.backlogGrowthPerSecond, " events/s")}`,
  ];
}

/** `load.capacity`: what a search found. Phases above it broke, as they should. */
export function detectCapacity(view: LoadView): Observation[] {
  const { capacity, phases } = view;
  const steps = phases.filter(({ plan }) => plan.purpose === "search" || plan.purpose === "confirm").map(step);
  switch (capacity.kind) {
    case "not-searched":
      return [];
    case "unknown":
      return [
        observe(view.ledger.scenario, {
          code: "load.capacity",
          statement: `The highest rate is not known: ${capacity.reason}.`,
          evidence: steps,
          leaning: unknown(
            "See the other findings of this scenario; widen the bounds or the time of the search, and run again.",
          ),
        }),
      ];
    case "found": {
      const { holdsEventsPerSecond, breaksEventsPerSecond, confidence } = capacity;
      const above = breaksEventsPerSecond === null ? "none above it was tried" : `${breaksEventsPerSecond}/s does not`;
      const statement = `${holdsEventsPerSecond} events/s hold, ${above}. ${confidence}`;
      return [observe(view.ledger.scenario, { code: "load.capacity", statement, evidence: steps, leaning: PASS })];
    }
    default:
      return capacity satisfies never;
  }
}

function step({ plan, holds, why }: PhaseResult): string {
  return `${describePhase(plan)} ${WORDS[holds]}: ${why}`;
}
