import type { Severity } from "./finding.ts";

interface ObservationCode {
  readonly says: string;
  readonly severity: Severity;
  /**
   * How it stands to a flow that is broken somewhere: it `proves` that events do not get through, or it `follows` from that, and says
   * nothing more next to what proves it.
   */
  readonly cut?: "proves" | "follows" | undefined;
}

function flow(says: string, cut?: "proves" | "follows"): ObservationCode {
  return { says, severity: "flow", cut };
}

function advice(says: string): ObservationCode {
  return { says, severity: "advice" };
}

/** Every code that an observation can have, and what it says. Codes are stable: `--only` and CI hold on to them. */
export const FINDING_CODES = {
  "entry.rejected": flow("the entry answered a valid event with a definite no", "proves"),
  "entry.failing": flow("most answers of the entry leave open whether it took the event", "proves"),
  "event.lost": flow("events that the entry acked did, or did not, come out at the sink", "proves"),
  "event.duplicated": flow("an event was, or was not, seen more than once at one place"),
  "event.unexpected": flow("a tag of this run was, or was not, seen without having been sent"),
  "event.unaccounted": flow(
    "acked, not seen at the sink, and the sink was not read far enough to call it lost",
    "follows",
  ),
  "event.unresolved": flow("not definitely answered and not seen at the sink", "follows"),
  "event.unsent": flow("planned and never sent"),
  "event.recovered": flow("not definitely answered, and still arrived"),
  "event.redelivered": flow("left more lines in a log than others: perhaps delivered again"),
  "event.reordered": flow("reached the stream before one that had been acked before it was sent"),
  "hop.seen": flow("a hop saw every event that it should have seen"),
  "hop.unseen": flow("a hop was read and did not see an event that a later hop saw"),
  "hop.unread": flow("a hop could not be read"),
  "metric.risen": flow("a metric rose by at least what the entry acked"),
  "metric.short": flow("a metric rose by less than what the entry acked", "follows"),
  "metric.missing": flow("no datapoint of a metric came", "follows"),
  "load.held": flow("a stretch of load kept, or broke, its policy"),
  "load.capacity": flow("the highest rate that keeps the policy, as far as a search found it"),
  "load.target-held": flow("the recommended values held, or did not hold, the wanted rate"),
  "load.sender-late": flow("the sender could not keep its own plan"),
  "load.aborted": flow("the run stopped sending by itself"),
  "load.data": advice("what became of the data that the load left"),
  "load.ledger-mismatch": flow("another engine's counters agree, or do not, with the ledger"),
  "scenario.empty": flow("no event of a scenario was planned"),
  "run.interrupted": flow("the run was stopped before a scenario was through"),
  "run.truncated": flow("the journal ends before the run did"),
  "harness.crashed": flow("a part of the harness failed"),
  "canary.success": flow("the share of a canary's runs that succeeded keeps, or misses, its objective"),
  "canary.latency": flow("how long a canary's events take to their sink keeps, or misses, its objective"),
  "canary.freshness": flow("how late a canary's metrics show keeps, or misses, its objective"),
  "canary.cost": advice("what a canary's run cost in calls, against its budget"),
  "journal.empty": flow("the journal does not say what was run"),
} satisfies Readonly<Record<string, ObservationCode>>;

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
