import { z } from "zod";
import { acknowledgementSchema } from "../../model/canary.ts";
import { type CanaryDefinition, canarySchema } from "../../pipelines/canary-definition.ts";
import { defaultCanary } from "../../pipelines/default-scenarios.ts";
import type { Pipeline } from "../../pipelines/pipeline.ts";
import type { EndedRun, Publish } from "../../run/run-and-judge.ts";
import { runCanary, stackOf } from "../../run/run-canary.ts";
import type { RunTarget } from "../../run/target.ts";
import { builtFile, loadChecked, loadPipelines } from "../load-module.ts";
import { showProgress } from "../progress.ts";
import type { RunOptions } from "../run-command.ts";
import { appendToHistory, readHistory } from "./history.ts";

export interface CanaryOptions extends RunOptions {
  /** NDJSON that every run adds a line to. */
  readonly history?: string;
  readonly acknowledge?: string;
  readonly canary?: string;
}

/** `stackproof canary`: a few events and the settings, judged with the runs before it, within a hard time and cost budget. */
export async function canary(target: RunTarget, options: CanaryOptions, publish: Publish): Promise<EndedRun> {
  const { only, wait: waitSeconds, out, acknowledge, history } = options;
  const pipelines = await loadPipelines(options.pipelines);
  const definition = await definitionFor(pipelines, options);
  const acknowledgements =
    acknowledge === undefined ? [] : await loadChecked(acknowledge, "acknowledgements", z.array(acknowledgementSchema));
  return runCanary(target, {
    definition,
    pipelines,
    acknowledgements,
    history: history === undefined ? [] : readHistory(history, stackOf(target)),
    watches: ({ name }) => definition.watch.includes(name),
    only,
    waitSeconds,
    out,
    showProgress,
    publish: async (ended) => {
      const run = ended.report.canary?.run;
      if (history !== undefined && run !== undefined && ended.exitCode !== 130) appendToHistory(history, run);
      await publish(ended);
    },
  });
}

/** The user's canary, else one event through each of the user's pipelines, else that of the reference stack. */
async function definitionFor(pipelines: readonly Pipeline[], options: CanaryOptions): Promise<CanaryDefinition> {
  if (options.canary === undefined && options.pipelines !== undefined) return defaultCanary(pipelines);
  return loadChecked(options.canary ?? builtFile("canary"), "canary", canarySchema);
}
