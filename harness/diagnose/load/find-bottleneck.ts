import type { Bottleneck, PhaseResult } from "../../model/load-report.ts";
import { brokenSides, sideOf } from "./broken-side.ts";
import type { LimitRule } from "./limit-rule.ts";
import { LIMIT_RULES } from "./limit-rules.ts";
import type { LoadEvidence, Movement } from "./load-evidence.ts";
import { rateOf } from "./phase-span.ts";

type Moved = Extract<Movement, { kind: "moved" }>;

interface Suspect {
  readonly rule: LimitRule;
  readonly moved: Moved;
}

/**
 * Which limit gave way first: at the lowest rate that broke, the limit whose own metric moved first, unless it moved as the
 * consequence of another. Unknown, with what is missing, where no metric moved.
 */
export function findBottleneck(evidence: LoadEvidence): Bottleneck {
  const broken = evidence.phases
    .filter(({ holds, plan }) => holds !== "pass" && plan.purpose !== "warm-up")
    .sort((one, other) => rankOf(one) - rankOf(other));
  if (broken.length === 0) return { kind: "unknown", reason: "Nothing that was run broke, so no limit was met." };
  const missing = new Set<string>();
  for (const phase of broken) {
    const movements = LIMIT_RULES.map((rule) => ({ rule, movement: rule.movement(evidence, phase) }));
    const suspects = movements.flatMap(({ rule, movement }) =>
      movement.kind === "moved" ? [{ rule, moved: movement }] : [],
    );
    const first = firstOf(onBrokenSide(suspects, evidence, phase));
    for (const { movement } of movements) if (movement.kind === "unknown") missing.add(movement.reason);
    if (first === undefined) continue;
    const unseen = unseenCauses(first, movements);
    if (unseen !== undefined) return { kind: "unknown", reason: unseen };
    return known(first, suspects, phase);
  }
  const what = missing.size === 0 ? "no limit's metric moved in the steps that broke" : [...missing].join("; ");
  return { kind: "unknown", reason: `No limit can be blamed: ${what}.` };
}

/** Steps that broke, the lowest rate first; those that could not be judged after them. */
function rankOf(phase: PhaseResult): number {
  return rateOf(phase) + (phase.holds === "fail" ? 0 : 1e9);
}

/** Where the step shows on which side it broke, the other side's limits moved in another step of the same minute. */
function onBrokenSide(suspects: readonly Suspect[], evidence: LoadEvidence, phase: PhaseResult): readonly Suspect[] {
  const sides = brokenSides(evidence, phase);
  const fitting = suspects.filter(({ rule }) => sides.includes(sideOf(rule.limit, evidence.size.stream !== null)));
  return fitting.some(({ rule }) => rule.limit !== "sender") ? fitting : suspects;
}

function firstOf(suspects: readonly Suspect[]): Suspect | undefined {
  const causes = suspects.filter((suspect) => !suspects.some((other) => other !== suspect && explains(other, suspect)));
  // A sender is late, too, where the stack makes it wait.
  const ofStack = causes.filter(({ rule }) => rule.limit !== "sender");
  return [...(ofStack.length > 0 ? ofStack : causes)].sort(
    (one, other) =>
      (isTogether(one.moved, other.moved) ? other.moved.weight - one.moved.weight : 0) ||
      one.moved.firstAtMs - other.moved.firstAtMs,
  )[0];
}

/** A consequence comes with its cause or after it. */
function explains(cause: Suspect, consequence: Suspect): boolean {
  if (!cause.rule.explains.includes(consequence.rule.limit)) return false;
  return cause.moved.firstAtMs <= consequence.moved.firstAtMs || isTogether(cause.moved, consequence.moved);
}

/** Whether the datapoints are too coarse to tell which of two came first. */
function isTogether(one: Moved, other: Moved): boolean {
  return Math.abs(one.firstAtMs - other.firstAtMs) <= Math.max(one.withinMs, other.withinMs, 1000);
}

/** What is only inferred may be the consequence of a limit whose metrics did not come. */
function unseenCauses(
  { rule, moved }: Suspect,
  movements: readonly { readonly rule: LimitRule; readonly movement: Movement }[],
): string | undefined {
  if (moved.weight > 1 || rule.limit === "sender") return undefined;
  const unseen = movements.flatMap(({ rule: other, movement }) =>
    movement.kind === "unknown" && other.explains.includes(rule.limit) ? [movement.reason] : [],
  );
  if (unseen.length === 0) return undefined;
  return `The ${moved.subject} falls behind (${moved.evidence.join("; ")}), and whether something else slows it is not known: ${unseen.join("; ")}.`;
}

function known({ rule, moved }: Suspect, suspects: readonly Suspect[], phase: PhaseResult): Bottleneck {
  const others = suspects
    .filter((other) => other.rule !== rule)
    .map(
      ({ rule: { limit }, moved: { evidence } }) =>
        `${limit} moved with it${rule.explains.includes(limit) ? ", as its consequence" : ""}: ${evidence[0] ?? ""}`,
    );
  return {
    kind: "known",
    limit: rule.limit,
    subject: moved.subject,
    eventsPerSecond: rateOf(phase),
    evidence: [...moved.evidence, ...others],
  };
}
