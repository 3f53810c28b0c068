import type { CanaryContext } from "./canary.ts";
import type { EventTag } from "./event.ts";
import type { LoadSpec } from "./load.ts";
import type { LoadFact } from "./load-fact.ts";
import type { Outcome } from "./outcome.ts";
import type { ReadError } from "./read-error.ts";
import type { Scenario } from "./scenario.ts";
import type { AnySetting, AnySettingKind } from "./settings/state-setting.ts";

/** One line of the journal: something that was done or seen. Times are milliseconds since the epoch. */
export type Fact =
  | RunStarted
  | Intended
  | Sent
  | Answered
  | Sighted
  | Covered
  | Measured
  | WaitEnded
  | Clue
  | SettingRead
  | SettingAbsent
  | SettingUnread
  | Interrupted
  | Crashed
  | RunEnded
  | CallsMade
  | LoadFact;

interface Written {
  /** When the fact was written down. */
  readonly atMs: number;
}

/** Always the first fact; carries what is needed to judge the rest. */
export interface RunStarted extends Written {
  readonly fact: "run-started";
  readonly journalVersion: 1;
  readonly runId: string;
  readonly kind: RunKind;
  readonly target: Target;
  readonly scenarios: readonly Scenario[];
  /** Only findings whose codes this glob matches are judged (`--only`); null judges all. */
  readonly onlyFindings: string | null;
  /**
   * Why the endpoint could not even say whose credentials these are; absent where it did. Then the way to it is in doubt, and an
   * entry that does not answer says nothing of the stack.
   */
  readonly identityError?: ReadError | undefined;
  /** Load runs: how each scenario is loaded. Absent in all others. */
  readonly loads?: readonly LoadSpec[] | undefined;
  /** Canary runs: what came before. Absent in all others. */
  readonly canary?: CanaryContext | undefined;
}

export type RunKind = "verify" | "canary" | "load";

export interface Target {
  readonly kind: "aws" | "twin" | "endpoint";
  readonly accountId: string;
  readonly region: string;
  /** What the deployment was read from, as the user named it. */
  readonly deployment: string;
}

interface OfScenario extends Written {
  readonly scenario: string;
}

/** An event was planned: it counts from here, sent or not. */
export interface Intended extends OfScenario {
  readonly fact: "intended";
  readonly tag: EventTag;
  readonly intendedAtMs: number;
  /** Bytes of the event's own body. */
  readonly sizeBytes: number;
}

export interface Sent extends OfScenario {
  readonly fact: "sent";
  readonly tag: EventTag;
  readonly sentAtMs: number;
}

export interface Answered extends OfScenario {
  readonly fact: "answered";
  readonly tag: EventTag;
  readonly doneAtMs: number;
  readonly outcome: Outcome;
}

/** An event was seen at a hop. The same occurrence may be reported more than once and counts once. */
export interface Sighted extends OfScenario {
  readonly fact: "sighted";
  readonly hop: string;
  readonly tag: EventTag;
  /** What tells one occurrence from another at this hop: a sequence number, a log event id, an item's write count. */
  readonly occurrence: string;
  /** When it happened by the service's own clock; by ours where the service does not say. */
  readonly seenAtMs: number;
  /** Where, in the words of the service: shard and sequence number, log stream, table and key. */
  readonly place: string;
}

/**
 * An observer has demonstrably read past a point: whatever was at this hop before `untilMs` has been seen.
 * Without it nothing may be called absent.
 */
export interface Covered extends OfScenario {
  readonly fact: "covered";
  readonly hop: string;
  readonly untilMs: number;
  /** How that is known: `read to the tip of shardId-000000000000`, `consistent read after the deadline`. */
  readonly how: string;
}

/** A metric was read. Datapoints that did not come are not listed; an empty list is "no data", never zero. */
export interface Measured extends OfScenario {
  readonly fact: "measured";
  readonly hop: string;
  /** `before`: the same window read before the first send. */
  readonly when: "before" | "after";
  readonly windowStartMs: number;
  readonly windowEndMs: number;
  readonly datapoints: readonly { readonly startMs: number; readonly sum: number }[];
}

/** How an observer's wait ended. */
export interface WaitEnded extends OfScenario {
  readonly fact: "wait-ended";
  readonly hop: string;
  readonly startedAtMs: number;
  readonly attempts: number;
  readonly ending: WaitEnding;
}

export type WaitEnding =
  /** Everything that was waited for came. */
  | { readonly kind: "satisfied" }
  /** Time was up; `lastError` is the last failed read, if the last one failed. */
  | { readonly kind: "deadline"; readonly lastError: ReadError | null }
  /** A read failed in a way that no waiting mends (access denied, no such stream). */
  | { readonly kind: "refused"; readonly error: ReadError }
  | { readonly kind: "interrupted" };

/** What a function of a pipeline said of itself after events were found missing. */
export interface Clue extends OfScenario {
  readonly fact: "clue";
  readonly functionName: string;
  readonly seen:
    | { readonly kind: "error-line"; readonly logGroup: string; readonly text: string }
    | { readonly kind: "metric"; readonly namespace: string; readonly metric: string; readonly value: number };
}

/** A setting as the account, or Terraform, has it. */
export interface SettingRead extends Written {
  readonly fact: "setting";
  /** The name or ARN by which it was asked for. */
  readonly subject: string;
  readonly setting: AnySetting;
}

/** The account says that there is no such thing. */
export interface SettingAbsent extends Written {
  readonly fact: "setting-absent";
  readonly kind: AnySettingKind;
  readonly subject: string;
}

/** A setting could not be read: what depends on it is unknown. */
export interface SettingUnread extends Written {
  readonly fact: "setting-unread";
  readonly kind: AnySettingKind;
  readonly subject: string;
  readonly error: ReadError;
}

export interface Interrupted extends Written {
  readonly fact: "interrupted";
  readonly signal: string;
}

/** A part of the harness itself failed; what it would have judged is unknown. */
export interface Crashed extends OfScenario {
  readonly fact: "crashed";
  readonly part: string;
  readonly message: string;
}

/** How many calls the run made to each operation (`dynamodb:BatchGetItem`), its own repetitions included. */
export interface CallsMade extends Written {
  readonly fact: "calls-made";
  readonly calls: Readonly<Record<string, number>>;
}

/** Always the last fact of a run that ended by itself or was interrupted. */
export interface RunEnded extends Written {
  readonly fact: "run-ended";
}

export type { ReadError } from "./read-error.ts";
