import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { packageRoot } from "../../deployment/package-root.ts";
import { redactFiles } from "../../journal/redact-files.ts";
import type { Clock, Journal } from "../../model/ports.ts";
import type { Scenario } from "../../model/scenario.ts";
import { placeOf } from "../../model/settings/place.ts";
import type { ResolvedLoad } from "../../pipelines/resolve-loads.ts";
import { knownSecrets } from "../known-secrets.ts";
import { readChecks, type TerraformSide } from "../read-checks.ts";
import type { ActiveRun } from "../run-and-judge.ts";
import type { RunTarget } from "../target.ts";
import type { LoadRunTools } from "./load-run.ts";
import { type ProofOptions, proveRecommendations } from "./prove-on-twin.ts";
import { runLoad } from "./run-load.ts";
import { runSaturation } from "./run-saturation.ts";

/** Shows a load while it runs. */
export interface LoadView {
  /** The journal to write to: the view shows what passes through it. */
  readonly journal: Journal;
  /** A line above what is redrawn: what was decided, what is waited for. */
  note(line: string): void;
  /** Leaves the screen in order. */
  done(): void;
}

export interface LoadsInput {
  readonly target: RunTarget;
  readonly loads: readonly ResolvedLoad[];
  readonly terraform: TerraformSide;
  readonly showLoad: (scenarios: readonly Scenario[], journal: Journal, clock: Clock) => LoadView;
  /** How recommendations are tried on a twin; undefined where they are not. */
  readonly proof: ProofOptions | undefined;
}

/** Reads the settings behind the loads, then runs one load after the other. */
export async function runLoads(run: ActiveRun, input: LoadsInput): Promise<void> {
  try {
    await runAll(run, input);
  } finally {
    redactFiles(engineTools(run.folder).engineFolder, knownSecrets);
  }
}

async function runAll(
  { started, journal, folder, tools: shared }: ActiveRun,
  { target, loads, terraform, showLoad, proof }: LoadsInput,
): Promise<void> {
  const { scenarios } = started;
  const { connectTo, longestWaitMs } = target;
  const view = showLoad(scenarios, journal, shared.clock);
  const waits = { ...shared, journal: view.journal };
  view.note("Reading the settings behind the loads.");
  await readChecks({ ...waits, scenarios, place: placeOf(started.target), terraform, longestWaitMs });
  const caFile = process.env["NODE_EXTRA_CA_CERTS"];
  const tools: LoadRunTools = {
    ...waits,
    connectTo,
    ca: caFile === undefined ? undefined : readFileSync(caFile, "utf8"),
    workerFile: join(packageRoot(), "harness", "dist", "load-worker.mjs"),
    ...engineTools(folder),
    note: view.note,
  };
  const { facts } = journal;
  for (const { scenario, spec } of loads) {
    if (tools.signal.aborted) break;
    const one = { started, facts, scenario, spec, first: { firstPhase: 0, firstRequest: 0 } };
    if (spec.profile.kind === "closed-loop")
      await runSaturation({ ...one, purpose: "saturation" }, spec.profile, tools);
    else await runLoad({ ...one, purpose: "profile" }, tools);
  }
  if (proof !== undefined)
    await proveRecommendations({ started, facts, loads, state: target.deployment.state }, proof, tools);
  view.done();
}

/** Where an engine's files go in a run's folder, and where the part of it that is the same for all is. */
export function engineTools(folder: string): Pick<LoadRunTools, "engineFolder" | "processorFile"> {
  return {
    engineFolder: resolve(folder, "artillery"),
    processorFile: join(packageRoot(), "harness", "inject", "artillery", "processor.cjs"),
  };
}
