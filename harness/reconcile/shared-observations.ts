import type { EventTag } from "../model/event.ts";
import type { Observation } from "../model/observation.ts";
import type { Scenario } from "../model/scenario.ts";
import type { Timeline } from "../model/timeline.ts";
import { observe, PASS, unknown } from "./observe.ts";
import { count, were } from "./wording.ts";

/** What verify and load say in the same words. Each counts in its own ledger and brings its own evidence. */

/** Some events, and the hop that the finding about them names. */
interface Some {
  readonly amount: number;
  readonly at: string;
  readonly evidence: readonly string[];
}

interface Acked {
  /** All events that the entry acked. */
  readonly acked: number;
}

interface Tagged {
  /** What the diagnosis looks up. */
  readonly tags: readonly EventTag[];
}

export function noneLost(scenario: Scenario, sink: string, acked: number): Observation {
  return observe(scenario, {
    code: "event.lost",
    at: sink,
    statement: `None of ${count(acked, "acked event")} was lost.`,
    evidence: [`${acked} acked, ${acked} seen at ${sink}`],
    leaning: PASS,
  });
}

interface Lost extends Some, Acked, Tagged {
  readonly isSink: boolean;
  /** Name of the hop that saw them last. */
  readonly lastSeen: string | undefined;
  /** What the entry answered, where that is known of each event. */
  readonly answers?: string;
}

export function someLost(scenario: Scenario, lost: Lost): Observation {
  const { amount, at, evidence, tags, acked, isSink, lastSeen, answers } = lost;
  const where = isSink ? `at ${at}` : `at ${at} or after`;
  const answered = answers === undefined ? "" : ` (the entry answered ${answers})`;
  const before = lastSeen === undefined ? "" : `; ${lastSeen} saw ${amount === 1 ? "it" : "them"} last`;
  return observe(scenario, {
    code: "event.lost",
    at,
    statement: `${amount} of ${count(acked, "acked event")} ${were(amount)} not seen ${where}${answered}${before}.`,
    evidence,
    leaning: { verdict: "fail", hop: at, tags },
  });
}

const RUN_TO_THE_END = "Run again and let the run come to its end.";

interface Unaccounted extends Some, Acked {
  /** Why the sink was not read far enough: the run was stopped, this operation failed, or it was slow. */
  readonly because: "stopped" | "slow" | { readonly operation: string };
}

export function someUnaccounted(scenario: Scenario, missing: Unaccounted): Observation {
  const { amount, at, evidence, acked, because } = missing;
  return observe(scenario, {
    code: "event.unaccounted",
    at,
    statement: `${amount} of ${count(acked, "acked event")} ${were(amount)} not seen at ${at}, and it was not read far enough to know that they are lost.`,
    evidence,
    leaning: unknown(remedyOfUnaccounted(scenario, at, because)),
  });
}

function remedyOfUnaccounted({ name }: Scenario, sink: string, because: Unaccounted["because"]): string {
  if (because === "stopped") return RUN_TO_THE_END;
  if (because === "slow") return `Run again; where ${sink} is slow, raise the deadline eventsMs of ${name}.`;
  return `Make ${sink} readable (${because.operation}) and run again.`;
}

export function someDuplicated(scenario: Scenario, { amount, at, evidence, tags }: Some & Tagged): Observation {
  return observe(scenario, {
    code: "event.duplicated",
    at,
    statement: `${count(amount, "event")} ${were(amount)} seen more than once at ${at}.`,
    evidence,
    leaning: {
      verdict: "by-policy",
      rule: "duplicated",
      remedy:
        "Delivery is at least once; make the consumer idempotent, or let the policy of the scenario pass duplicates.",
      hop: at,
      tags,
    },
  });
}

/** @param hops Names of the hops that could have shown one. */
export function noneDuplicated(
  scenario: Scenario,
  sent: number,
  hops: readonly string[],
  evidence: readonly string[],
): Observation {
  const statement = `None of ${count(sent, "sent event")} was seen more than once at ${hops.join(", ")}.`;
  return observe(scenario, { code: "event.duplicated", statement, evidence, leaning: PASS });
}

/** @param unexpected `at` is the first hop that saw one of them. */
export function someUnexpected(scenario: Scenario, unexpected: Some & Tagged): Observation {
  const { amount, at, evidence, tags } = unexpected;
  return observe(scenario, {
    code: "event.unexpected",
    at,
    statement: `${count(amount, "event")} ${were(amount)} seen and never sent, first at ${at}.`,
    evidence,
    leaning: {
      verdict: "by-policy",
      rule: "unexpected",
      remedy: "Find who else writes tags of this run: a second sender, or a journal that lost what was sent.",
      hop: at,
      tags,
    },
  });
}

interface Unsent extends Some {
  readonly intended: number;
  /** What to do about a sender that did not keep up; undefined where that is no fault. */
  readonly remedy: string | undefined;
}

export function someUnsent(scenario: Scenario, { amount, at, evidence, intended, remedy }: Unsent): Observation {
  return observe(scenario, {
    code: "event.unsent",
    at,
    statement: `${amount} of ${count(intended, "intended event")} ${were(amount)} never sent.`,
    evidence,
    leaning: remedy === undefined ? PASS : unknown(remedy),
  });
}

/** @param answers What the entry answered, where that is known of each event. */
export function someRecovered(
  scenario: Scenario,
  { amount, at, evidence }: Omit<Some, "at"> & { readonly at: string | undefined },
  answers?: string,
): Observation {
  const without = answers === undefined ? "" : ` (${answers})`;
  const statement = `${count(amount, "event")} without a definite answer${without} arrived all the same.`;
  return observe(scenario, { code: "event.recovered", at, statement, evidence, leaning: PASS });
}

export function someReordered(scenario: Scenario, { amount, at, evidence }: Some): Observation {
  const statement = `${count(amount, "event")} reached ${at} before one that had been acked before ${amount === 1 ? "it was" : "they were"} sent.`;
  return observe(scenario, { code: "event.reordered", at, statement, evidence, leaning: PASS });
}

/** `hop.seen`: all the `amount` events that should have come to a hop did; `place` says more of where. */
export function allSeen(scenario: Scenario, { amount, at, evidence }: Some, place = ""): Observation {
  const statement = `${amount} of ${count(amount, "event")} ${were(amount)} seen at ${at}${place}.`;
  return observe(scenario, { code: "hop.seen", at, statement, evidence, leaning: PASS });
}

/** `scenario.empty`. */
export function nonePlanned(scenario: Scenario): Observation {
  return observe(scenario, {
    code: "scenario.empty",
    statement: "No event of this scenario was planned.",
    evidence: [],
    leaning: unknown("See why the run did not come to it, and run again."),
  });
}

/** `run.interrupted` and `run.truncated`, with what was left to do; nothing where the run ended by itself. */
export function notThrough({ scenario, ending }: Timeline, left: readonly string[]): Observation[] {
  switch (ending.kind) {
    case "ended":
      return [];
    case "interrupted":
      return [
        observe(scenario, {
          code: "run.interrupted",
          statement: `The run was stopped (${ending.signal}) before this scenario was through.`,
          evidence: left,
          leaning: unknown(RUN_TO_THE_END),
        }),
      ];
    case "truncated":
      return [
        observe(scenario, {
          code: "run.truncated",
          statement: "The journal ends before the run did.",
          evidence: left,
          leaning: unknown("The run was killed or its disk was full: run again."),
        }),
      ];
    default:
      return ending satisfies never;
  }
}
