import { join } from "node:path";
import { ARTILLERY_VERSION } from "../../inject/artillery/commands.ts";
import type { EngineEvents } from "../../inject/artillery/engine-sender.ts";
import { checkFargate, startFargateArtillery } from "../../inject/artillery/fargate-sender.ts";
import { startLocalArtillery } from "../../inject/artillery/local-sender.ts";
import { type LoadSender, startLoadSender } from "../../inject/load/load-sender.ts";
import { httpEntryOf, type LoadTarget } from "../../inject/load/load-target.ts";
import { CannotRun } from "../../model/errors.ts";
import type { LoadEngine, LoadPhase, LoadProfile, LoadSpec } from "../../model/load.ts";
import type { Scenario } from "../../model/scenario.ts";
import { type PlannedProfile, planPhases } from "../../plan/load-phases.ts";
import type { PlanPosition } from "./load-plan.ts";
import type { LoadRun, LoadRunTools } from "./load-run.ts";

/** A sender, and what it takes between being given a phase and being able to send it. */
export interface StartedSender extends LoadSender {
  readonly leadMs: number;
}

/** Most connections of one load: a stack that leaves more requests open than this is not keeping up, and they count as unsent. */
const MOST_CONNECTIONS = 4_096;
/** What a stopped sender leaves to requests under way. */
const DRAIN_MS = 800;
/** Before the first request of a phase, so that the threads have the plan before it begins. */
const LEAD_MS = 150;

/**
 * Starts what sends a load: our own threads, or the engine that its spec names.
 *
 * @throws CannotRun where the entry cannot be put under load, or the engine does not come up.
 */
export async function startSender(run: LoadRun, tools: LoadRunTools, events: EngineEvents): Promise<StartedSender> {
  const { spec, scenario } = run;
  const shared = {
    ...loadTargetOf(run, tools),
    scenario: scenario.name,
    workers: spec.workers,
    requestMs: scenario.deadlines.requestMs,
    drainMs: DRAIN_MS,
    times: scenario.hops.some(({ kind }) => kind === "stream"),
  };
  const { engine } = spec;
  if (engine === undefined) {
    const options = { ...shared, maxConnections: MOST_CONNECTIONS, workerFile: tools.workerFile };
    const sender = await startLoadSender(options, events);
    return {
      leadMs: LEAD_MS,
      send: (phase) => sender.send(phase),
      drained: () => sender.drained(),
      stop: () => sender.stop(),
    };
  }
  const options = {
    ...shared,
    ...engineFiles(tools, scenario),
    phases: engineToPhases(spec.profile, spec.eventsPerRequest, scenario.name, run.first),
    note: tools.note,
    signal: tools.signal,
  };
  switch (engine.runsOn) {
    case "local":
      return startLocalArtillery(options, events);
    case "fargate":
      return startFargateArtillery({ ...options, region: run.started.target.region }, events);
    default:
      return engine.runsOn satisfies never;
  }
}

export function engineOf(name: LoadEngine["name"], runsOn: LoadEngine["runsOn"]): LoadEngine {
  return { name, version: ARTILLERY_VERSION, runsOn };
}

/**
 * Refuses, before anything is sent, what the engine of a load could not do.
 *
 * @throws CannotRun `load.engine-cannot-search`, `artillery.fargate-not-possible`.
 */
export function checkEngine(
  { engine, profile, scenario, workers }: LoadSpec,
  connectTo: LoadRunTools["connectTo"],
): void {
  if (engine === undefined) return;
  engineProfile(profile, scenario);
  if (engine.runsOn === "fargate") checkFargate({ connectTo, workers });
}

/** Where the files of an engine go, and where its processor comes from. */
export function engineFiles(
  { engineFolder, processorFile }: Pick<LoadRunTools, "engineFolder" | "processorFile">,
  { name }: Scenario,
) {
  return { folder: join(engineFolder, name), processorFile };
}

export function loadTargetOf(
  { spec, scenario, started }: LoadRun,
  { connectTo, ca }: Pick<LoadRunTools, "connectTo" | "ca">,
): LoadTarget {
  return {
    entry: httpEntryOf(scenario.entry, scenario.name),
    connectTo,
    ca,
    runId: started.runId,
    producer: scenario.producer,
    eventsPerRequest: spec.eventsPerRequest,
    bodyBytes: spec.bodyBytes,
  };
}

/**
 * The phases of a profile that an engine can be given beforehand, from time 0 on.
 *
 * @throws CannotRun `load.engine-cannot-search`: a search decides each phase by the one before, and Artillery takes no more once it runs.
 */
export function engineToPhases(
  profile: LoadProfile,
  eventsPerRequest: number,
  scenario: string,
  first: PlanPosition,
): LoadPhase[] {
  return planPhases(engineProfile(profile, scenario), { startMs: 0, eventsPerRequest, ...first });
}

function engineProfile(profile: LoadProfile, scenario: string): PlannedProfile {
  switch (profile.kind) {
    case "steady":
    case "ramp":
    case "step":
    case "spike":
      return profile;
    case "search":
    case "closed-loop":
      throw new CannotRun({
        code: "load.engine-cannot-search",
        message: `Artillery is given its whole plan before it starts, and load ${scenario} decides as it goes`,
        place: "--engine artillery",
        remedy:
          "Name a rate, for example --rate 500/s --duration 60s (or --profile ramp or spike); search with our own sender.",
      });
    default:
      return profile satisfies never;
  }
}
