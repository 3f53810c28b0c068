import { followsFromCut, provesCut } from "../model/finding-code.ts";
import type { Failure } from "../model/observation.ts";
import type { RuleBroken, Wire } from "../model/rule-result.ts";
import type { Scenario } from "../model/scenario.ts";
import { wiresInto } from "./wires.ts";

/** A rule that does not hold for a resource of a pipeline. */
export interface BrokenRule {
  readonly code: string;
  readonly pipelines: readonly string[];
  readonly result: RuleBroken;
}

/** A failure that events showed, and the scenario that showed it. */
export interface SeenFailure {
  readonly failure: Failure;
  readonly scenario: Scenario;
}

export interface Explained {
  /** For each broken rule, in their order, the failures that follow from it. */
  readonly consequences: readonly (readonly SeenFailure[])[];
  /** Failures that no broken setting accounts for. */
  readonly unexplained: readonly SeenFailure[];
}

/**
 * Holds what events showed against the settings that do not hold: a failure follows from a broken rule where that rule cuts a
 * wire right before the first hop that did not see the event. One cut wire is then one finding, with what follows from it under
 * it; two independent cuts stay two, each with its own consequences. A failure that several could have caused belongs to the
 * one whose wire comes first on the way.
 */
export function explain(failures: readonly SeenFailure[], broken: readonly BrokenRule[]): Explained {
  const consequences: SeenFailure[][] = broken.map(() => []);
  const unexplained: SeenFailure[] = [];
  for (const seen of failures) {
    const index = indexOfCause(seen, broken);
    const list = index === undefined ? unexplained : (consequences[index] ?? unexplained);
    list.push(seen);
  }
  return { consequences, unexplained };
}

function indexOfCause({ failure, scenario }: SeenFailure, broken: readonly BrokenRule[]): number | undefined {
  const hop = scenario.hops.find(({ name }) => name === failure.hop);
  if (hop === undefined || !showsCut(failure)) return undefined;
  for (const wire of wiresInto(hop, scenario)) {
    const index = broken.findIndex((rule) => rule.pipelines.includes(scenario.pipeline) && cuts(rule, wire));
    if (index >= 0) return index;
  }
  return undefined;
}

/** Whether this is what a cut wire looks like from outside; duplicates and strangers have other reasons. */
function showsCut({ observation: { code } }: Failure): boolean {
  return provesCut(code) || followsFromCut(code);
}

function cuts(rule: BrokenRule, wire: Wire): boolean {
  return rule.result.cuts.includes(wire);
}
