import type { Deployment } from "../deployment/deployment.ts";
import { defaultScenarios } from "../pipelines/default-scenarios.ts";
import type { Pipeline } from "../pipelines/pipeline.ts";
import { type Resolved, resolveScenarios } from "../pipelines/resolve.ts";
import { type ScenarioDefinition, scenariosSchema } from "../pipelines/scenario-definition.ts";
import { builtFile, loadChecked, loadPipelines } from "./load-module.ts";

/** Files that a user may give. */
export interface ScenarioFiles {
  readonly pipelines?: string;
  readonly scenarios?: string;
}

/**
 * The verify scenarios with every name filled in from a deployment: those of the reference stack, or, with a pipelines file of
 * the user's, the user's scenarios, else one for each pipeline.
 *
 * @param longestWaitMs Upper bound of every deadline; null keeps the scenarios' own.
 */
export async function loadScenarios(
  deployment: Deployment,
  files: ScenarioFiles,
  longestWaitMs: number | null,
): Promise<Resolved> {
  const pipelines = await loadPipelines(files.pipelines);
  const definitions = await definitionsFor(pipelines, files);
  const { outputs, source } = deployment;
  return resolveScenarios({ pipelines, definitions, outputs, deployment: source, longestWaitMs });
}

async function definitionsFor(pipelines: readonly Pipeline[], files: ScenarioFiles): Promise<ScenarioDefinition[]> {
  if (files.scenarios === undefined && files.pipelines !== undefined) return defaultScenarios(pipelines);
  return loadChecked(files.scenarios ?? builtFile("verify"), "scenarios", scenariosSchema);
}
