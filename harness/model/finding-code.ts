import type { Severity } from "./finding.ts";

interface ObservationCode {
  readonly says: string;
  readonly severity: Severity;
  /**
   * How it stands to a flow that is broken somewhere: it `proves` that events do not get through, or it `follows` from that, and says
   * nothing more next to what proves it.
   */
  readonly cut?: "proves" | "follows";
}

/** Every code that an observation can have, and what it says. Codes are stable: `--only` and CI hold on to them. */
export const FINDING_CODES = {
  "entry.rejected": { says: "the entry answered a valid event with a definite no", severity: "flow", cut: "proves" },
  "entry.failing": {
    says: "most answers of the entry leave open whether it took the event",
    severity: "flow",
    cut: "proves",
  },
  "event.lost": {
    says: "events that the entry acked did, or did not, come out at the sink",
    severity: "flow",
    cut: "proves",
  },
  "event.duplicated": { says: "an event was, or was not, seen more than once at one place", severity: "flow" },
  "event.unexpected": { says: "a tag of this run was, or was not, seen without having been sent", severity: "flow" },
  "event.unaccounted": {
    says: "acked, not seen at the sink, and the sink was not read far enough to call it lost",
    severity: "flow",
    cut: "follows",
  },
  "event.unresolved": { says: "not definitely answered and not seen at the sink", severity: "flow", cut: "follows" },
  "event.unsent": { says: "planned and never sent", severity: "flow" },
  "event.recovered": { says: "not definitely answered, and still arrived", severity: "flow" },
  "event.redelivered": { says: "left more lines in a log than others: perhaps delivered again", severity: "flow" },
  "event.reordered": { says: "reached the stream before one that had been acked before it was sent", severity: "flow" },
  "hop.seen": { says: "a hop saw every event that it should have seen", severity: "flow" },
  "hop.unseen": { says: "a hop was read and did not see an event that a later hop saw", severity: "flow" },
  "hop.unread": { says: "a hop could not be read", severity: "flow" },
  "metric.risen": { says: "a metric rose by at least what the entry acked", severity: "flow" },
  "metric.short": { says: "a metric rose by less than what the entry acked", severity: "flow", cut: "follows" },
  "metric.missing": { says: "no datapoint of a metric came", severity: "flow", cut: "follows" },
  "load.held": { says: "a stretch of load kept, or broke, its policy", severity: "flow" },
  "load.capacity": { says: "the highest rate that keeps the policy, as far as a search found it", severity: "flow" },
  "load.target-held": { says: "the recommended values held, or did not hold, the wanted rate", severity: "flow" },
  "load.sender-late": { says: "the sender could not keep its own plan", severity: "flow" },
  "load.aborted": { says: "the run stopped sending by itself", severity: "flow" },
  "load.data": { says: "what became of the data that the load left", severity: "advice" },
  "load.ledger-mismatch": { says: "another engine's counters agree, or do not, with the ledger", severity: "flow" },
  "scenario.empty": { says: "no event of a scenario was planned", severity: "flow" },
  "run.interrupted": { says: "the run was stopped before a scenario was through", severity: "flow" },
  "run.truncated": { says: "the journal ends before the run did", severity: "flow" },
  "harness.crashed": { says: "a part of the harness failed", severity: "flow" },
  "canary.success": {
    says: "the share of a canary's runs that succeeded keeps, or misses, its objective",
    severity: "flow",
  },
  "canary.latency": {
    says: "how long a canary's events take to their sink keeps, or misses, its objective",
    severity: "flow",
  },
  "canary.freshness": {
    says: "how late a canary's metrics show keeps, or misses, its objective",
    severity: "flow",
  },
  "canary.cost": { says: "what a canary's run cost in calls, against its budget", severity: "advice" },
  "journal.empty": { says: "the journal does not say what was run", severity: "flow" },
} as const satisfies Readonly<Record<string, ObservationCode>>;

export type FindingCode = keyof typeof FINDING_CODES;

export function severityOf(code: FindingCode): Severity {
  return FINDING_CODES[code].severity;
}

const CODES: ReadonlyMap<string, ObservationCode> = new Map(Object.entries(FINDING_CODES));

/** Whether a failure of this code means that the flow is broken: events do not get through. */
export function provesCut(code: string): boolean {
  return CODES.get(code)?.cut === "proves";
}

/** Whether this is only what a broken flow leaves behind, and says nothing more next to what proves it. */
export function followsFromCut(code: string): boolean {
  return CODES.get(code)?.cut === "follows";
}
