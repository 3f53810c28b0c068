import { type Hop, kindOf, namesEvents } from "../../model/hop.ts";
import type { Observation } from "../../model/observation.ts";
import { isBadCredentials, isDenied, type ReadError } from "../../model/read-error.ts";
import type { Scenario } from "../../model/scenario.ts";
import type { HopTimeline, Timeline } from "../../model/timeline.ts";
import { measure } from "../metric-rise.ts";
import { observe, unknown } from "../observe.ts";
import { sinkOf, wasSeenAt, wasTaken } from "../progress.ts";
import { count, describeReading } from "../wording.ts";

/** `hop.unread`: a hop could not be read, so what it would have shown is not known. */
export function detectUnread(timeline: Timeline): Observation[] {
  return timeline.hops.flatMap((hop) => (hop.hop.kind === "entry" ? [] : atHop(timeline, hop)));
}

function atHop(timeline: Timeline, hop: HopTimeline): Observation[] {
  if (!isUnread(timeline, hop)) return [];
  const sink = sinkOf(timeline);
  const taken = timeline.events.filter((event) => wasTaken(event, sink));
  const isNaming = namesEvents(hop.hop);
  const seen = isNaming ? taken.filter((event) => wasSeenAt(event, hop)).length : 0;
  const saw = isNaming ? taken.length > 0 && seen === taken.length : measure(timeline, hop).kind === "risen";
  // What it showed before the read failed is enough.
  if (saw || (taken.length === 0 && hop.reading.kind === "none")) return [];
  const sofar = isNaming ? [`seen before that: ${seen} of ${count(taken.length, "event")}`] : [];
  return [unreadHop(timeline.scenario, hop, sofar)];
}

/** What verify and load say of a hop that could not be read; `seen` says what it had shown before. */
export function unreadHop(scenario: Scenario, hop: HopTimeline, seen: readonly string[]): Observation {
  return observe(scenario, {
    code: "hop.unread",
    at: hop.hop.name,
    statement: `${describeReading(hop)}.`,
    evidence: [`what should have been read: ${kindOf(hop.hop).describe(hop.hop)}`, ...seen],
    leaning: unknown(hop.reading.kind === "failed" ? remedyOfUnread(hop.reading.error, hop.hop) : NOT_OBSERVED),
  });
}

const NOT_OBSERVED =
  "Nothing says how the reading of this hop ended: see the other findings of this scenario, and run again.";

function isUnread(timeline: Timeline, hop: HopTimeline): boolean {
  if (hop.reading.kind === "failed") return true;
  return hop.reading.kind === "none" && timeline.ending.kind === "ended";
}

/** What makes a hop readable again. */
function remedyOfUnread(error: ReadError, hop: Hop): string {
  const place = kindOf(hop).describe(hop);
  if (isDenied(error.code)) {
    return `Give the identity that runs this the permission ${error.operation} on ${place}, and run again.`;
  }
  if (isBadCredentials(error.code)) {
    return "Renew the credentials that this runs with, and run again.";
  }
  if (/NotFound|NoSuch/i.test(error.code)) {
    return `Check that ${place} exists in the account and region of the run, and that the pipeline names it rightly.`;
  }
  if (/Thrott|LimitExceeded|ThroughputExceeded|TooManyRequests|SlowDown/i.test(error.code)) {
    return `Others use up the request rate of ${error.operation}: run again, or raise the deadline of this hop.`;
  }
  if (error.code === "OutOfTime") return `Raise the read capacity of ${place}, or send fewer events, and run again.`;
  return `Find out why ${error.operation} fails on ${place}, and run again.`;
}
