import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LoadPhase } from "../../model/load.ts";
import { type LoadTarget, resolveTarget } from "../load/load-target.ts";
import { planBodies, planTimes, prefixOf, type Telling, type WorkerPlan } from "./plan.ts";
import { artilleryPhases, type ScriptTarget, testScript } from "./test-script.ts";

export interface ArtilleryFilesInput {
  readonly target: LoadTarget;
  readonly requestMs: number;
  readonly phases: readonly LoadPhase[];
  readonly workers: number;
  /** Where the files go. */
  readonly folder: string;
  /** `processor.cjs` of this folder. */
  readonly processorFile: string;
  readonly tell: (worker: number) => Telling;
}

/** The files of one worker; names without folder. */
export interface WorkerFiles {
  readonly worker: number;
  readonly script: string;
  readonly processor: string;
  /** Where Artillery puts its report. */
  readonly report: string;
}

/** Only workers that have something to send are written: Artillery refuses a script without users. */
export function writeArtilleryFiles(input: ArtilleryFilesInput): WorkerFiles[] {
  const { folder, phases, workers, target } = input;
  const { eventsPerRequest } = target;
  const scriptTarget = scriptTargetOf(target, input.requestMs);
  const { shape } = resolveTarget(target);
  const last = phases.at(-1);
  const events = last === undefined ? 0 : (last.firstRequest + last.requestCount) * eventsPerRequest;
  const shared = {
    workers,
    eventsPerRequest,
    ...planTimes(phases, workers, eventsPerRequest),
    tagPrefix: prefixOf(shape),
    bodies: planBodies(shape, events),
    batchBody: shape.batchBody,
  };
  const processorText = readFileSync(input.processorFile, "utf8");
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: workers }, (_, worker) => worker).flatMap((worker) => {
    const own = artilleryPhases(phases, { worker, workers, eventsPerRequest });
    if (own.every((phase) => "pause" in phase)) return [];
    const files = fileNamesOf(worker);
    const plan: WorkerPlan = { worker, ...shared, tell: input.tell(worker) };
    writeFileSync(join(folder, files.processor), `const PLAN = ${JSON.stringify(plan)};\n${processorText}`);
    writeFileSync(join(folder, files.script), testScript(scriptTarget, own, files.processor));
    return [files];
  });
}

function fileNamesOf(worker: number): WorkerFiles {
  return {
    worker,
    script: `test-${worker}.json`,
    processor: `processor-${worker}.cjs`,
    report: `report-${worker}.json`,
  };
}

function scriptTargetOf(target: LoadTarget, requestMs: number): ScriptTarget {
  const { peer, shape } = resolveTarget(target);
  const host = peer.host.includes(":") ? `[${peer.host}]` : peer.host;
  const { method, path } = shape;
  return { method, path, host: shape.host, requestMs, origin: `${peer.protocol}//${host}:${peer.port}` };
}
