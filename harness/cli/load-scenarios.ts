import { join } from "node:path";
import type { Deployment } from "../deployment/deployment.ts";
import { packageRoot } from "../deployment/package-root.ts";
import { pipelinesSchema } from "../pipelines/pipeline.ts";
import { type Resolved, resolveScenarios } from "../pipelines/resolve.ts";
import { scenariosSchema } from "../pipelines/scenario-definition.ts";
import { loadChecked } from "./load-module.ts";

/**
 * The verify scenarios with every name filled in from a deployment.
 *
 * @param pipelinesFile A user's own pipelines; those of the reference stack where there is none.
 * @param longestWaitMs Upper bound of every deadline; null keeps the scenarios' own.
 */
export async function loadScenarios(
  deployment: Deployment,
  pipelinesFile: string | undefined,
  longestWaitMs: number | null,
): Promise<Resolved> {
  const [pipelines, definitions] = await Promise.all([
    loadChecked(pipelinesFile ?? built("pipelines"), "pipelines", pipelinesSchema),
    loadChecked(built("verify"), "scenarios", scenariosSchema),
  ]);
  const { outputs, source } = deployment;
  return resolveScenarios({ pipelines, definitions, outputs, deployment: source, longestWaitMs });
}

function built(name: string): string {
  return join(packageRoot(), "harness", "dist", `${name}.mjs`);
}
