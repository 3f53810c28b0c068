import { join } from "node:path";
import type { Deployment } from "../deployment/deployment.ts";
import { packageRoot } from "../deployment/package-root.ts";
import { defaultScenarios } from "../pipelines/default-scenarios.ts";
import { type Pipeline, pipelinesSchema } from "../pipelines/pipeline.ts";
import { type Resolved, resolveScenarios } from "../pipelines/resolve.ts";
import { type ScenarioDefinition, scenariosSchema } from "../pipelines/scenario-definition.ts";
import { loadChecked } from "./load-module.ts";

/** Files of a user's own. */
export interface ScenarioFiles {
  readonly pipelines?: string;
  readonly scenarios?: string;
}

/**
 * The verify scenarios with every name filled in from a deployment: those of the reference stack, or, for pipelines of a user's own, the
 * user's scenarios, else one for each pipeline.
 *
 * @param longestWaitMs Upper bound of every deadline; null keeps the scenarios' own.
 */
export async function loadScenarios(
  deployment: Deployment,
  files: ScenarioFiles,
  longestWaitMs: number | null,
): Promise<Resolved> {
  const pipelines = await loadChecked(files.pipelines ?? built("pipelines"), "pipelines", pipelinesSchema);
  const definitions = await definitionsFor(pipelines, files);
  const { outputs, source } = deployment;
  return resolveScenarios({ pipelines, definitions, outputs, deployment: source, longestWaitMs });
}

async function definitionsFor(pipelines: readonly Pipeline[], files: ScenarioFiles): Promise<ScenarioDefinition[]> {
  if (files.scenarios !== undefined) return loadChecked(files.scenarios, "scenarios", scenariosSchema);
  if (files.pipelines !== undefined) return defaultScenarios(pipelines);
  return loadChecked(built("verify"), "scenarios", scenariosSchema);
}

function built(name: string): string {
  return join(packageRoot(), "harness", "dist", `${name}.mjs`);
}
