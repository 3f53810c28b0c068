import { join } from "node:path";
import { packageRoot } from "../../deployment/package-root.ts";
import { CannotRun } from "../../model/errors.ts";
import { matchesGlob } from "../../model/wildcard.ts";
import { loadsSchema } from "../../pipelines/load-definition.ts";
import { pipelinesSchema } from "../../pipelines/pipeline.ts";
import { type ResolvedLoads, resolveLoads } from "../../pipelines/resolve-loads.ts";
import { checkEndpoint } from "../../run/load/guards.ts";
import type { Reached } from "../../run/target.ts";
import { loadChecked } from "../load-module.ts";
import { checkEngineLoads, withEngine } from "./engine-options.ts";
import { applyLoadOptions, type LoadOptions } from "./load-options.ts";

/** A twin whose table or consumer is overrun takes this long to catch up, and no longer. */
const TWIN_WAIT_MS = 60_000;

/**
 * The loads that the command line leaves, with every name filled in from the deployment.
 *
 * @throws CannotRun where a file is not right, `--only` matches nothing, or an entry is not the deployment's own.
 */
export async function loadLoads(reached: Reached, options: LoadOptions): Promise<ResolvedLoads> {
  const [pipelines, definitions] = await Promise.all([
    loadChecked(options.pipelines ?? built("pipelines"), "pipelines", pipelinesSchema),
    loadChecked(options.loads ?? built("load"), "loads", loadsSchema),
  ]);
  const { outputs, source } = reached.deployment;
  const { only } = options;
  const chosen = only === undefined ? definitions : definitions.filter(({ name }) => matchesGlob(name, only));
  if (chosen.length === 0)
    throw new CannotRun({
      code: "only.matches-nothing",
      message: `No load matches ${JSON.stringify(only)}`,
      place: "--only",
      remedy: `Name one of: ${definitions.map(({ name }) => name).join(", ")}; * and ? are wildcards.`,
    });
  const longestWaitMs = reached.longestWaitMs === null ? null : Math.max(reached.longestWaitMs, TWIN_WAIT_MS);
  const resolved = resolveLoads(chosen, { pipelines, outputs, deployment: source, longestWaitMs });
  for (const { scenario } of resolved.loads) checkEndpoint(scenario, outputs);
  const loads = resolved.loads.map((load) => withEngine(applyLoadOptions(load, options), options));
  checkEngineLoads(loads, reached, options);
  return { ...resolved, loads };
}

function built(name: string): string {
  return join(packageRoot(), "harness", "dist", `${name}.mjs`);
}
