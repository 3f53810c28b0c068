import type { Remedy } from "./finding.ts";

/** What a rule says of one resource. */
export type RuleResult = RuleHolds | RuleUnknown | RuleBroken | RuleOff;

interface OfSubject {
  /** The resource: `load balancer stackproof-alb`. */
  readonly subject: string;
  readonly statement: string;
  readonly evidence: readonly string[];
}

interface RuleHolds extends OfSubject {
  readonly verdict: "pass";
}

/** A setting that the rule needs could not be read; `remedy` names the missing permission. */
interface RuleUnknown extends OfSubject {
  readonly verdict: "unknown";
  readonly remedy: string;
}

/**
 * Nothing that the run may read or was given could say: only Terraform, or a value that is withheld since it may be a secret. Nothing
 * is judged, and the report says so.
 */
interface RuleOff extends OfSubject {
  readonly verdict: "off";
  /** What to give. */
  readonly remedy: string;
}

export interface RuleBroken extends OfSubject {
  readonly verdict: "fail";
  /** Why that breaks the stack, in words that an engineer can act on at once. */
  readonly cause: string;
  /** With the stack's own names where they are known. */
  readonly remedy: Remedy;
  /** The wires that are cut by this; empty where events still pass. */
  readonly cuts: readonly Wire[];
}

/** A stretch of an event's way. The diagnosis holds a cut wire against the first hop that did not see the event. */
export type Wire =
  | "client-entry"
  | "entry-function"
  | "function-stream"
  | "stream-consumer"
  | "consumer-table"
  | "function-table"
  | "client-bucket"
  | "bucket-function"
  | "function-log"
  | "consumer-log";
