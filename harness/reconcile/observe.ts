import type { FindingCode } from "../model/finding-code.ts";
import type { Leaning, Observation } from "../model/observation.ts";
import type { Scenario } from "../model/scenario.ts";

interface Seen {
  readonly code: FindingCode;
  /** Name of the hop, or another part of the scenario; without it the finding is about the scenario as a whole. */
  readonly at?: string | undefined;
  readonly statement: string;
  readonly evidence: readonly string[];
  readonly leaning: Leaning;
}

/** An observation of a scenario; its subject reads `alb-to-table / stream`. */
export function observe({ name }: Scenario, { code, at, statement, evidence, leaning }: Seen): Observation {
  return { code, scenario: name, subject: at === undefined ? name : `${name} / ${at}`, statement, evidence, leaning };
}

export const PASS: Leaning = { verdict: "pass" };

export function unknown(remedy: string): Leaning {
  return { verdict: "unknown", remedy };
}
