import { Listr, ListrLogger, ProcessOutput } from "listr2";
import type { Fact } from "../model/fact.ts";
import type { Clock, Journal } from "../model/ports.ts";
import type { Scenario } from "../model/scenario.ts";
import { Tallies, tallyLine } from "./tally.ts";

export interface Progress {
  /** The journal to write to: it shows what passes through it. */
  readonly journal: Journal;
  scenarioEnded(name: string): void;
  /** Leaves the screen in order; resolves once the last line stands. */
  done(): Promise<void>;
}

/** Shows what a run sees while it runs: in place on a terminal, as plain lines elsewhere. */
export function showProgress(
  scenarios: readonly Scenario[],
  journal: Journal,
  stream: NodeJS.WriteStream,
  clock: Clock,
): Progress {
  return stream.isTTY && process.env["TERM"] !== "dumb"
    ? showInPlace(scenarios, journal, stream)
    : showLines(scenarios, journal, stream, clock.nowMs());
}

function showInPlace(scenarios: readonly Scenario[], journal: Journal, stream: NodeJS.WriteStream): Progress {
  const tallies = new Tallies(scenarios);
  const ends = new Map<string, () => void>();
  const outputs = new Map<string, (line: string) => void>();
  const list = new Listr(
    scenarios.map((scenario) => ({
      title: scenario.name,
      task: (_, task) =>
        new Promise<void>((resolve) => {
          outputs.set(scenario.name, (line) => {
            task.output = line;
          });
          ends.set(scenario.name, resolve);
        }),
      rendererOptions: { persistentOutput: true, outputBar: 1 },
    })),
    {
      concurrent: true,
      registerSignalListeners: false,
      rendererOptions: { logger: new ListrLogger({ processOutput: new ProcessOutput(stream, stream) }) },
    },
  );
  const shown = list.run();
  const metrics = metricNames(scenarios);
  return {
    journal: through(journal, tallies, (fact) => {
      if ("scenario" in fact) outputs.get(fact.scenario)?.(tallyLine(tallies.of(fact.scenario), metrics));
    }),
    scenarioEnded: (name) => ends.get(name)?.(),
    done: async () => {
      for (const end of ends.values()) end();
      await shown;
    },
  };
}

function showLines(
  scenarios: readonly Scenario[],
  journal: Journal,
  stream: NodeJS.WriteStream,
  startMs: number,
): Progress {
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

function through(journal: Journal, tallies: Tallies, show: (fact: Fact) => void): Journal {
  return {
    append(fact) {
      journal.append(fact);
      tallies.count(fact);
      show(fact);
    },
  };
}

function metricNames(scenarios: readonly Scenario[]): ReadonlySet<string> {
  return new Set(scenarios.flatMap(({ hops }) => hops.filter(({ kind }) => kind === "metric").map(({ name }) => name)));
}
