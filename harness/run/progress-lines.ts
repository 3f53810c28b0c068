import type { Fact } from "../model/fact.ts";
import type { Clock, Journal } from "../model/ports.ts";
import type { Scenario } from "../model/scenario.ts";
import { Tallies } from "./tally.ts";

export interface Progress {
  /** The journal to write to: it shows what passes through it. */
  readonly journal: Journal;
  scenarioEnded(name: string): void;
  /** Leaves the screen in order; resolves once the last line stands. */
  done(): Promise<void>;
}

/** Shows what a run sees while it runs. */
export type ShowProgress = (scenarios: readonly Scenario[], journal: Journal, clock: Clock) => Progress;

/** Shows what a run sees as plain lines, with the seconds since it started. */
export function showLines(
  scenarios: readonly Scenario[],
  journal: Journal,
  stream: { write(text: string): unknown },
  clock: Clock,
): Progress {
  const startMs = clock.nowMs();
  const tallies = new Tallies(scenarios);
  return {
    journal: through(journal, tallies, (fact) => {
      const line = lineOf(fact, tallies);
      if (line !== undefined) stream.write(`${((fact.atMs - startMs) / 1000).toFixed(1).padStart(6)} s  ${line}\n`);
    }),
    scenarioEnded: () => {},
    done: async () => {},
  };
}

function lineOf(fact: Fact, tallies: Tallies): string | undefined {
  if (fact.fact !== "wait-ended") return undefined;
  const { intended, hops } = tallies.of(fact.scenario);
  const seen = hops.find(({ name }) => name === fact.hop)?.seen ?? 0;
  switch (fact.ending.kind) {
    case "satisfied":
      return `${fact.scenario}  ${fact.hop}: ${seen > 0 ? `${seen} of ${intended} events seen` : "risen"}`;
    case "deadline":
      return `${fact.scenario}  ${fact.hop}: time is up, ${seen} of ${intended} events seen`;
    case "refused":
      return `${fact.scenario}  ${fact.hop}: ${fact.ending.error.operation} answered ${fact.ending.error.code}`;
    case "interrupted":
      return `${fact.scenario}  ${fact.hop}: interrupted`;
    default:
      return fact.ending satisfies never;
  }
}

/** A journal whose facts are also counted and shown. */
export function through(journal: Journal, tallies: Tallies, show: (fact: Fact) => void): Journal {
  return {
    append(fact) {
      journal.append(fact);
      tallies.count(fact);
      show(fact);
    },
  };
}
