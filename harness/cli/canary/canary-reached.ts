import { join } from "node:path";
import { z } from "zod";
import { packageRoot } from "../../deployment/package-root.ts";
import { acknowledgementSchema } from "../../model/canary.ts";
import type { ExitCode } from "../../model/errors.ts";
import { type CanaryDefinition, canarySchema } from "../../pipelines/canary-definition.ts";
import { defaultCanary } from "../../pipelines/default-scenarios.ts";
import { type Pipeline, pipelinesSchema } from "../../pipelines/pipeline.ts";
import { runCanary, stackOf } from "../../run/run-canary.ts";
import type { Reached } from "../../run/target.ts";
import { loadChecked } from "../load-module.ts";
import { showProgress } from "../progress.ts";
import { pointLatestAt, publish } from "../publish.ts";
import type { CanaryOptions } from "./canary-options.ts";
import { appendToHistory, readHistory } from "./history.ts";

/** Runs a canary on a target that is reached, writes the reports and the history, and says how it went. */
export async function canaryReached(reached: Reached, options: CanaryOptions): Promise<ExitCode> {
  const pipelines = await loadChecked(options.pipelines ?? built("pipelines"), "pipelines", pipelinesSchema);
  const definition = await definitionFor(pipelines, options);
  const acknowledgements =
    options.acknowledge === undefined
      ? []
      : await loadChecked(options.acknowledge, "acknowledgements", z.array(acknowledgementSchema));
  const history = options.history === undefined ? [] : readHistory(options.history, stackOf(reached));
  const { report, folder, exitCode } = await runCanary(reached, {
    definition,
    pipelines,
    acknowledgements,
    history,
    watches: ({ name }) => definition.watch.includes(name),
    only: options.only,
    waitSeconds: options.wait,
    out: options.out,
    showProgress,
  });
  pointLatestAt(folder);
  if (options.history !== undefined && report.canary !== undefined && exitCode !== 130)
    appendToHistory(options.history, report.canary.run);
  await publish(report, folder, options.json === true);
  return exitCode;
}

/** The user's canary, else one event through each of the user's pipelines, else that of the reference stack. */
async function definitionFor(pipelines: readonly Pipeline[], options: CanaryOptions): Promise<CanaryDefinition> {
  if (options.canary !== undefined) return loadChecked(options.canary, "canary", canarySchema);
  if (options.pipelines !== undefined) return defaultCanary(pipelines);
  return loadChecked(built("canary"), "canary", canarySchema);
}

function built(name: string): string {
  return join(packageRoot(), "harness", "dist", `${name}.mjs`);
}
