import type { FindingCode } from "../../../model/finding-code.ts";
import type { Leaning, Observation } from "../../../model/observation.ts";
import type { LoadView } from "../load-view.ts";

export interface Seen {
  readonly code: FindingCode;
  /** Name of the hop, or another part of the scenario; without it the finding is about the scenario as a whole. */
  readonly at?: string | undefined;
  readonly statement: string;
  readonly evidence: readonly string[];
  readonly leaning: Leaning;
}

export function observation({ ledger }: LoadView, { code, at, statement, evidence, leaning }: Seen): Observation {
  const { name } = ledger.scenario;
  return { code, scenario: name, subject: at === undefined ? name : `${name} / ${at}`, statement, evidence, leaning };
}

export const PASS: Leaning = { verdict: "pass" };

export function unknown(remedy: string): Leaning {
  return { verdict: "unknown", remedy };
}
