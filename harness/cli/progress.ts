import { Listr, ListrLogger, ProcessOutput } from "listr2";
import { namesEvents } from "../model/hop.ts";
import type { Clock, Journal } from "../model/ports.ts";
import type { Scenario } from "../model/scenario.ts";
import { type Progress, showLines, through } from "../run/progress-lines.ts";
import { Tallies, type Tally } from "../run/tally.ts";

/** Shows what a run sees while it runs: in place on a terminal, as plain lines elsewhere. */
export function showProgress(scenarios: readonly Scenario[], journal: Journal, clock: Clock): Progress {
  const stream = process.stderr;
  return stream.isTTY && process.env["TERM"] !== "dumb"
    ? showInPlace(scenarios, journal, stream)
    : showLines(scenarios, journal, stream, clock);
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

function metricNames(scenarios: readonly Scenario[]): ReadonlySet<string> {
  return new Set(scenarios.flatMap(({ hops }) => hops.filter((hop) => !namesEvents(hop)).map(({ name }) => name)));
}

/** One line: `entry 12/12 · ingest log 12/12 · stream 7/12 …`. A metric shows a tick once it has come. */
function tallyLine(tally: Tally, metrics: ReadonlySet<string>): string {
  const parts = tally.hops.map(({ name, seen, done }) => {
    if (name === "entry") return `entry ${tally.answered}/${tally.intended}`;
    if (metrics.has(name)) return `${name} ${done ? "read" : "…"}`;
    return `${name} ${seen}/${tally.intended}`;
  });
  return parts.join(" · ");
}
