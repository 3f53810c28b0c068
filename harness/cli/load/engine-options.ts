import type { LoadProfile } from "../../model/load.ts";
import type { ResolvedLoad } from "../../pipelines/resolve-loads.ts";
import { checkEngine, engineOf } from "../../run/load/start-sender.ts";
import type { RunTarget } from "../../run/target.ts";
import type { LoadOptions } from "./load-options.ts";

/** A closed loop ends after this time or this many requests. */
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

/** Refuses, before anything is sent, what an engine could not do. */
export function checkEngineLoads(loads: readonly ResolvedLoad[], { connectTo }: RunTarget, options: LoadOptions): void {
  for (const { spec } of loads) checkEngine(spec, options.dryRun === true ? {} : connectTo);
}
