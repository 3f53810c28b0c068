import { join } from "node:path";
import type { ResolvedLoad } from "../../pipelines/resolve-loads.ts";
import { dryRun } from "../../run/load/dry-run.ts";
import { checkCeilings, DEFAULT_CEILINGS, estimateUsd } from "../../run/load/guards.ts";
import { engineTools, runLoads } from "../../run/load/run-loads.ts";
import { saturationOf } from "../../run/load/run-saturation.ts";
import { type EndedRun, firstFact, type Publish, runAndJudge } from "../../run/run-and-judge.ts";
import { systemClock } from "../../run/system-clock.ts";
import type { RunTarget } from "../../run/target.ts";
import { terraformSide } from "../terraform-side.ts";
import { saturationProfile } from "./engine-options.ts";
import { loadLoads } from "./load-loads.ts";
import type { LoadOptions } from "./load-options.ts";
import { showLoad } from "./load-view.ts";

/** `stackproof load`: drives the entries open loop, accounts for every event, and says how much the stack carries. */
export async function load(target: RunTarget, options: LoadOptions, publish: Publish): Promise<EndedRun | undefined> {
  const { loads: chosen, neededOutputs } = await loadLoads(target, options);
  const loop = saturationProfile(options);
  const loads = chosen.flatMap((one) => (loop === undefined ? [one] : [saturationOf(one, loop), one]));
  checkCeilings(
    loads.map(({ scenario, spec }) => ({
      name: spec.scenario,
      profile: spec.profile,
      estimatedUsd: estimateUsd(scenario, spec, target.deployment.region),
    })),
    {
      eventsPerSecond: options.maxRate ?? DEFAULT_CEILINGS.eventsPerSecond,
      durationMs: options.maxDuration ?? DEFAULT_CEILINGS.durationMs,
      costUsd: options.maxCost ?? DEFAULT_CEILINGS.costUsd,
    },
  );
  if (options.dryRun === true) {
    printDryRun(target, chosen, options.out);
    return undefined;
  }
  return runAndJudge(target, { start: startOf(loads), out: options.out, publish }, (run) => {
    const { signal } = run.tools;
    const terraform = {
      ...terraformSide(target, neededOutputs, process.env, signal),
      build: undefined,
      plan: undefined,
    };
    // Our own threads send the proof: its counts must not be mixed with those of another engine.
    const isProven = options.proof && options.engine === undefined && target.target.kind === "twin";
    const { functionsFolder } = target;
    const proof =
      isProven && functionsFolder !== undefined
        ? { functionsFolder, limitsFile: options.limits, twinDelays: options.twinDelays }
        : undefined;
    return runLoads(run, { target, loads, terraform, showLoad, proof });
  });
}

function startOf(loads: readonly ResolvedLoad[]) {
  return {
    kind: "load",
    scenarios: loads.map(({ scenario }) => scenario),
    loads: loads.map(({ spec }) => spec),
    onlyFindings: null,
  } as const;
}

/** The command line's own output: the commands, and nothing is run. */
function printDryRun(target: RunTarget, loads: readonly ResolvedLoad[], out: string): void {
  const started = firstFact(target, startOf(loads), target.target);
  const { signal } = new AbortController();
  const tools = { ...engineTools(join(out, started.runId)), connectTo: target.connectTo, ca: undefined, signal };
  process.stdout.write(dryRun(loads, started, tools, systemClock.nowMs()));
}
