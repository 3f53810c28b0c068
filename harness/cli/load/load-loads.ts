import { CannotRun } from "../../model/errors.ts";
import { matchesGlob } from "../../model/wildcard.ts";
import { loadsSchema } from "../../pipelines/load-definition.ts";
import { type ResolvedLoads, resolveLoads } from "../../pipelines/resolve-loads.ts";
import { checkEndpoint } from "../../run/load/guards.ts";
import type { RunTarget } from "../../run/target.ts";
import { builtFile, loadChecked, loadPipelines } from "../load-module.ts";
import { checkEngineLoads, withEngine } from "./engine-options.ts";
import { applyLoadOptions, type LoadOptions } from "./load-options.ts";

/** A twin whose table or consumer is overrun takes this long to catch up, and no longer. */
const TWIN_WAIT_MS = 60_000;

/**
 * The loads that the command line leaves, with every name filled in from the deployment.
 *
 * @throws CannotRun where a file is not right, `--only` matches nothing, or an entry is not the deployment's own.
 */
export async function loadLoads(target: RunTarget, options: LoadOptions): Promise<ResolvedLoads> {
  const [pipelines, definitions] = await Promise.all([
    loadPipelines(options.pipelines),
    loadChecked(options.loads ?? builtFile("load"), "loads", loadsSchema),
  ]);
  const { outputs, source } = target.deployment;
  const { only } = options;
  const chosen = only === undefined ? definitions : definitions.filter(({ name }) => matchesGlob(name, only));
  if (chosen.length === 0)
    throw new CannotRun({
      code: "only.matches-nothing",
      message: `No load matches ${JSON.stringify(only)}`,
      place: "--only",
      remedy: `Name one of: ${definitions.map(({ name }) => name).join(", ")}; * and ? are wildcards.`,
    });
  const longestWaitMs = target.longestWaitMs === null ? null : Math.max(target.longestWaitMs, TWIN_WAIT_MS);
  const resolved = resolveLoads(chosen, { pipelines, outputs, deployment: source, longestWaitMs });
  for (const { scenario } of resolved.loads) checkEndpoint(scenario, outputs);
  const loads = resolved.loads.map((load) => withEngine(applyLoadOptions(load, options), options));
  checkEngineLoads(loads, target, options);
  return { ...resolved, loads };
}
