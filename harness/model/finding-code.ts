/** Every code that a finding can have, and what it says. Codes are stable: `--only` and CI hold on to them. */
export const FINDING_CODES = {
  "entry.rejected": "the entry answered a valid event with a definite no",
  "entry.failing": "most answers of the entry leave open whether it took the event",
  "event.lost": "events that the entry acked did, or did not, come out at the sink",
  "event.duplicated": "an event was, or was not, seen more than once at one place",
  "event.unexpected": "a tag of this run was, or was not, seen without having been sent",
  "event.unaccounted": "acked, not seen at the sink, and the sink was not read far enough to call it lost",
  "event.unresolved": "not definitely answered and not seen at the sink",
  "event.unsent": "planned and never sent",
  "event.recovered": "not definitely answered, and arrived all the same",
  "event.redelivered": "left more lines in a log than others: perhaps delivered again",
  "event.reordered": "reached the stream before one that had been acked before it was sent",
  "hop.seen": "a hop saw every event that it should have seen",
  "hop.unseen": "a hop was read and did not see an event that a later hop saw",
  "hop.unread": "a hop could not be read",
  "metric.risen": "a metric rose by at least what the entry acked",
  "metric.short": "a metric rose by less than what the entry acked",
  "metric.missing": "no datapoint of a metric came",
  "scenario.empty": "no event of a scenario was planned",
  "run.interrupted": "the run was stopped before a scenario was through",
  "run.truncated": "the journal ends before the run did",
  "harness.crashed": "a part of the harness failed",
  "journal.empty": "the journal does not say what was run",
} as const;

export type FindingCode = keyof typeof FINDING_CODES;
