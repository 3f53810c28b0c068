import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { CannotRun } from "../../model/errors.ts";
import type { LoadPhase } from "../../model/load.ts";
import { type WorkerFiles, writeArtilleryFiles } from "./artillery-files.ts";
import { ArtilleryProcess } from "./artillery-process.ts";
import { ARTILLERY_VERSION, type ArtilleryCommand, fargateCommand } from "./commands.ts";
import { type EngineReport, ownCounters, readEngineReport } from "./engine-report.ts";
import type { ArtilleryOptions, EngineEvents, EngineSender } from "./engine-sender.ts";
import { secondsOfCounters, secondsOfSilence } from "./report-seconds.ts";
import { shareOf } from "./share.ts";

export interface FargateOptions extends ArtilleryOptions {
  readonly region: string;
}

/** Each worker is a process of Artillery's command line here, which watches its container. */
const MOST_FARGATE_WORKERS = 20;
/** From the first command to the first request: containers take minutes to come up, and all of them wait for one time. */
export const FARGATE_LEAD_MS = 5 * 60_000;
/** From the end of the load to the end of the commands. */
const END_MS = 10 * 60_000;
/** The first command makes the role, the bucket and the cluster that the others use. */
const BETWEEN_STARTS_MS = 3_000;
/** A stopped command stops its container first. */
const STOP_MS = 45_000;
const LOOK_MS = 500;
/** Each is a counter of Artillery's report. */
const MOST_NAMED = 2_000;

/**
 * Puts the load on by containers of Artillery's Fargate runner, in the account of the environment's credentials. Nothing is known
 * before the commands have ended: then the counters of each report become facts.
 *
 * @throws CannotRun `artillery.fargate-not-possible` where containers could not reach the entry, or there would be too many.
 */
export async function startFargateArtillery(options: FargateOptions, events: EngineEvents): Promise<EngineSender> {
  checkFargate(options);
  return new FargateSender(options, events);
}

/** Refuses what could not work, before anything is started. */
export function checkFargate({ connectTo, workers }: Pick<FargateOptions, "connectTo" | "workers">): void {
  if (Object.keys(connectTo).length > 0)
    throw notPossible(
      "containers on Fargate cannot reach an entry by way of this machine (the twin, or --connect-to)",
      "Load a deployment on AWS, or leave --fargate away: Artillery then runs here. --dry-run shows what would be run.",
    );
  if (workers > MOST_FARGATE_WORKERS)
    throw notPossible(
      `${workers} workers are more than the ${MOST_FARGATE_WORKERS} that can be watched from here`,
      `Use --fargate ${MOST_FARGATE_WORKERS} or less; one container sends some hundreds of requests a second.`,
    );
}

/** Everything that the runner would be given: the files are written, and nothing is started. */
export function prepareFargate(options: FargateOptions, startMs: number): FargateCommand[] {
  const written = writeArtilleryFiles({
    ...options,
    target: options,
    tell: () => ({ kind: "counters", startMs, mostNamed: MOST_NAMED }),
  });
  return written.map((files) => ({ files, command: fargateCommand(files, options.region, options.runId) }));
}

export interface FargateCommand {
  readonly files: WorkerFiles;
  readonly command: ArtilleryCommand;
}

interface Running extends FargateCommand {
  readonly process: ArtilleryProcess;
}

class FargateSender implements EngineSender {
  readonly leadMs = FARGATE_LEAD_MS;
  readonly #options: FargateOptions;
  readonly #events: EngineEvents;
  #phases: readonly LoadPhase[] = [];
  #running: readonly Running[] = [];
  #isTold = false;
  #isStopped = false;
  #stopping: Promise<void> | undefined = undefined;

  constructor(options: FargateOptions, events: EngineEvents) {
    this.#options = options;
    this.#events = events;
  }

  send(phase: LoadPhase): void {
    this.#phases = [...this.#phases, phase];
  }

  async drained(): Promise<void> {
    const { folder, note, workers } = this.#options;
    const [first, last] = [this.#phases[0], this.#phases.at(-1)];
    if (first === undefined || last === undefined) return;
    mkdirSync(folder, { recursive: true });
    const commands = prepareFargate({ ...this.#options, phases: this.#phases }, first.startMs);
    note(
      `Starting ${workers} containers of Artillery ${ARTILLERY_VERSION}; the load begins at ${new Date(first.startMs).toISOString()}.`,
    );
    for (const one of commands) {
      if (this.#isStopped) break;
      const log = join(folder, `artillery-${one.files.worker}.log`);
      this.#running = [...this.#running, { ...one, process: new ArtilleryProcess(one.command, folder, log) }];
      await wait(BETWEEN_STARTS_MS);
    }
    const deadlineMs = last.startMs + last.durationMs + END_MS;
    while (
      !this.#isStopped &&
      Date.now() < deadlineMs &&
      this.#running.some(({ process }) => process.ending === undefined)
    )
      await wait(LOOK_MS);
    if (!this.#isStopped) this.#tell();
  }

  stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    await Promise.all(this.#running.map(({ process }) => process.stop(STOP_MS)));
    this.#tell();
  }

  /** The counters of every worker as facts; of one without a report everything is open. */
  #tell(): void {
    if (this.#isTold || this.#phases.length === 0) return;
    this.#isTold = true;
    const { folder, scenario, workers, eventsPerRequest } = this.#options;
    for (const { files, process } of this.#running) {
      const { worker } = files;
      const read = readEngineReport(join(folder, files.report));
      const report: EngineReport =
        read.kind === "read" ? read : { ...read, reason: `${read.reason}; its command ${process.ending ?? "goes on"}` };
      const share = [...shareOf(this.#phases, worker, workers)];
      const source = { scenario, worker, eventsPerRequest, share, atMs: Date.now() };
      const told = report.kind === "read" ? secondsOfCounters(report.counters, source) : secondsOfSilence(source);
      for (const second of told.seconds) this.#events.onSecond(second, undefined);
      this.#events.onEngine({
        fact: "load-engine",
        atMs: source.atMs,
        scenario,
        engine: "artillery",
        version: ARTILLERY_VERSION,
        worker,
        report: ownCounters(report),
        unnamedRequests: told.unnamedRequests,
      });
    }
  }
}

function notPossible(message: string, remedy: string): CannotRun {
  return new CannotRun({ code: "artillery.fargate-not-possible", message, place: "--fargate", remedy });
}
