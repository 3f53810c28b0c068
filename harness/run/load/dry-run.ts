import { join } from "node:path";
import { type WorkerFiles, writeArtilleryFiles } from "../../inject/artillery/artillery-files.ts";
import { type ArtilleryCommand, commandLine, localCommand } from "../../inject/artillery/commands.ts";
import { FARGATE_LEAD_MS, prepareFargate } from "../../inject/artillery/fargate-sender.ts";
import type { RunStarted } from "../../model/fact.ts";
import type { ResolvedLoad } from "../../pipelines/resolve-loads.ts";
import type { LoadRunTools } from "./load-run.ts";
import { engineFiles, engineToPhases, loadTargetOf } from "./start-sender.ts";

type DryTools = Pick<LoadRunTools, "connectTo" | "ca" | "engineFolder" | "processorFile" | "signal">;

/** Writes every file that the engine would be given, and says what would be run where. Starts nothing and sends nothing. */
export function dryRun(loads: readonly ResolvedLoad[], started: RunStarted, tools: DryTools, nowMs: number): string {
  return loads.map((load) => dryLoad(load, started, tools, nowMs)).join("\n");
}

function dryLoad({ scenario, spec }: ResolvedLoad, started: RunStarted, tools: DryTools, nowMs: number): string {
  const { engine, profile, eventsPerRequest, workers } = spec;
  const first = { firstPhase: 0, firstRequest: 0 };
  const isFargate = engine?.runsOn === "fargate";
  const run = { started, facts: [], scenario, spec, first, purpose: "profile" } as const;
  const target = loadTargetOf(run, { ca: tools.ca, connectTo: isFargate ? {} : tools.connectTo });
  const files = engineFiles(tools, scenario);
  const phases = engineToPhases(profile, eventsPerRequest, scenario.name, first);
  const { requestMs } = scenario.deadlines;
  const prepared: readonly { readonly files: WorkerFiles; readonly command: ArtilleryCommand }[] = isFargate
    ? prepareFargate(
        {
          ...target,
          ...files,
          scenario: scenario.name,
          workers,
          requestMs,
          phases,
          drainMs: 0,
          times: false,
          note: () => {},
          signal: tools.signal,
          region: started.target.region,
        },
        nowMs + FARGATE_LEAD_MS,
      )
    : writeArtilleryFiles({
        ...files,
        target,
        requestMs,
        phases,
        workers,
        tell: (worker) => ({
          kind: "lines",
          linesFile: join(files.folder, `requests-${worker}.txt`),
          startFile: join(files.folder, "start"),
          stopFile: join(files.folder, "stop"),
        }),
      }).map((written) => ({ files: written, command: localCommand(written) }));
  const requests = phases.reduce((sum, { requestCount }) => sum + requestCount, 0);
  return [
    `# ${scenario.name}: ${requests} requests to ${new URL(target.entry.url).host}, ${prepared.length} workers. Nothing was run.`,
    `cd ${files.folder}`,
    ...prepared.map(({ command }) => commandLine(command)),
    ...prepared.flatMap(({ files: { script, processor } }) => [`# wrote ${script}`, `# wrote ${processor}`]),
    "",
  ].join("\n");
}
