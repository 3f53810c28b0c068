import { CannotRun } from "../../model/errors.ts";
import type { LoadProfile } from "../../model/load.ts";
import type { ResolvedLoad } from "../../pipelines/resolve-loads.ts";
import { checkEngine, engineOf } from "../../run/load/start-sender.ts";
import type { Reached } from "../../run/target.ts";
import type { LoadOptions } from "./load-options.ts";

/** A closed loop is over in this time, or after so many requests. */
const SATURATION_MS = 10_000;
const MOST_SATURATION_REQUESTS = 100_000;
const DEFAULT_CONNECTIONS = 32;

/** The closed loop before each load; undefined where none is asked for. */
export function saturationProfile(options: LoadOptions): Extract<LoadProfile, { kind: "closed-loop" }> | undefined {
  const { saturate, connections = DEFAULT_CONNECTIONS } = options;
  if (saturate === undefined) return undefined;
  return { kind: "closed-loop", connections, durationMs: SATURATION_MS, mostRequests: MOST_SATURATION_REQUESTS };
}

/** A load with the engine that the options name, and as many of its workers. */
export function withEngine(load: ResolvedLoad, { engine, fargate }: LoadOptions): ResolvedLoad {
  if (engine === undefined) return load;
  const workers = fargate ?? load.spec.workers;
  const spec = { ...load.spec, workers, engine: engineOf(engine, fargate === undefined ? "local" : "fargate") };
  return { ...load, spec };
}

/**
 * Options that need one another, before anything is reached.
 *
 * @throws CannotRun `options.conflict`.
 */
export function checkEngineOptions({ engine, fargate, dryRun, saturate, connections }: LoadOptions): void {
  if (engine === undefined && (fargate !== undefined || dryRun !== undefined))
    throw conflict("--fargate and --dry-run are about another engine, and none is named", "Add --engine artillery.");
  if (connections !== undefined && saturate === undefined)
    throw conflict("--connections is about the closed loop, and none is asked for", "Add --saturate.");
}

/** Refuses, before anything is sent, what an engine could not do. */
export function checkEngineLoads(loads: readonly ResolvedLoad[], { connectTo }: Reached, options: LoadOptions): void {
  for (const { spec } of loads) checkEngine(spec, options.dryRun === true ? {} : connectTo);
}

function conflict(message: string, remedy: string): CannotRun {
  return new CannotRun({ code: "options.conflict", message, place: "command line", remedy });
}
