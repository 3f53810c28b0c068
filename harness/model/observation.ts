import type { EventTag } from "./event.ts";
import type { Remedy } from "./finding.ts";
import type { FindingCode } from "./finding-code.ts";

/** What a detector states, before the policy has judged it and the diagnosis has named its cause. */
export interface Observation {
  readonly code: FindingCode;
  readonly scenario: string;
  readonly subject: string;
  readonly statement: string;
  readonly evidence: readonly string[];
  readonly leaning: Leaning;
}

export type Leaning =
  | { readonly verdict: "pass" }
  | { readonly verdict: "unknown"; readonly remedy: string }
  | ({ readonly verdict: "fail" } & About)
  /** The scenario's policy decides; `remedy` serves where it decides for unknown. */
  | ({ readonly verdict: "by-policy"; readonly rule: "duplicated" | "unexpected"; readonly remedy: string } & About);

/** What a failure is about, for the diagnosis. */
interface About {
  /** Name of the first hop that shows the failure. */
  readonly hop: string;
  /** The events concerned, by sequence. */
  readonly tags: readonly EventTag[];
}

/** An observation that the policy has judged a failure. */
export interface Failure extends About {
  readonly observation: Observation;
}

/** Why something failed and how to fix it. */
export interface Diagnosis {
  readonly cause: string;
  readonly remedy: Remedy;
  /** What the diagnosis adds to the evidence: what a person would look at next. */
  readonly evidence: readonly string[];
}
