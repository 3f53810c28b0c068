import type { EventTag } from "./event.ts";
import type { Answered, Clue, Covered, Crashed, Measured, Sighted } from "./fact.ts";
import type { Hop } from "./hop.ts";
import type { ReadError } from "./read-error.ts";
import type { Scenario } from "./scenario.ts";
import type { TableSetting } from "./settings/data-setting.ts";

/**
 * Everything that is known of one scenario, put together from its facts. The same whatever the order of the facts and
 * however often each is repeated. Times are milliseconds since the epoch.
 */
export interface Timeline {
  readonly scenario: Scenario;
  /** Every event that was intended or sent, by sequence. */
  readonly events: readonly EventTimeline[];
  /** Tags of this run and producer that were seen although they had never been sent, by sequence. */
  readonly strangers: readonly Stranger[];
  /** In the order of `scenario.hops`. */
  readonly hops: readonly HopTimeline[];
  /** When the last event was to be sent: the deadlines count from here. Minus infinity where there is no event. */
  readonly lastIntendedMs: number;
  readonly ending: RunEnding;
  readonly crashes: readonly Crash[];
  /** What the functions of the pipeline said of themselves; empty where nothing was missing. */
  readonly clues: readonly ClueOf[];
  /** From the first to the last fact of the scenario. */
  readonly durationMs: number;
}

export interface EventTimeline {
  readonly tag: EventTag;
  readonly sequence: number;
  readonly sizeBytes: number;
  readonly intendedAtMs: number;
  /** Undefined where it was planned and never sent. */
  readonly sentAtMs: number | undefined;
  /** Undefined where no answer was written down. */
  readonly answer: Answer | undefined;
  /** Per hop (index in `Timeline.hops`): distinct occurrences, first seen first; empty where it was not seen. */
  readonly sightings: readonly (readonly Sighting[])[];
}

export type Answer = Pick<Answered, "doneAtMs" | "outcome">;
export type Sighting = Pick<Sighted, "occurrence" | "seenAtMs" | "place">;

export interface Stranger {
  readonly tag: EventTag;
  readonly sightings: readonly (readonly Sighting[])[];
}

export interface HopTimeline {
  readonly hop: Hop;
  readonly index: number;
  /** Whatever was at this hop before has been seen; undefined where no observer says so. */
  readonly covered: Pick<Covered, "untilMs" | "how"> | undefined;
  readonly reading: Reading;
  /** Metric hops: what stood in the window before the first send, and what came after; undefined where it was not read. */
  readonly before: readonly Datapoint[] | undefined;
  readonly after: readonly Datapoint[] | undefined;
  /** Item hops: the table's own key, where its settings were read. */
  readonly keySchema?: TableSetting["keySchema"] | undefined;
}

export type Datapoint = Measured["datapoints"][number];
export type ClueOf = Pick<Clue, "functionName" | "seen">;

/** How the reading of a hop went. */
export type Reading =
  /** Read without an error: until all had come, until time was up, or (the wait's end is not told) to a covered point. */
  | { readonly kind: "read"; readonly until: "satisfied" | "deadline" | "covered" }
  /** The wait ended with a failed read: `definite` where waiting would not have helped. */
  | { readonly kind: "failed"; readonly definite: boolean; readonly error: ReadError }
  /** The run was stopped while it waited. */
  | { readonly kind: "stopped" }
  /** Nobody says how it went. */
  | { readonly kind: "none" };

export type RunEnding =
  | { readonly kind: "ended" }
  | { readonly kind: "interrupted"; readonly signal: string }
  /** The journal ends before the run did. */
  | { readonly kind: "truncated" };

export type Crash = Pick<Crashed, "part" | "message">;
