import { closeSync, existsSync, openSync, readSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { CannotRun } from "../../model/errors.ts";
import type { LoadPhase } from "../../model/load.ts";
import { intendedTimeOfRequest } from "../../model/request-times.ts";
import { createSecondFacts } from "../load/load-second.ts";
import { timesOf } from "../load/load-sender.ts";
import { type WorkerFiles, writeArtilleryFiles } from "./artillery-files.ts";
import { ArtilleryProcess } from "./artillery-process.ts";
import { ARTILLERY_VERSION, localCommand, versionCommand } from "./commands.ts";
import { ownCounters, readEngineReport } from "./engine-report.ts";
import type { ArtilleryOptions, EngineEvents, EngineSender } from "./engine-sender.ts";
import { planTimes } from "./plan.ts";
import { RequestLines } from "./request-lines.ts";
import { shareOf } from "./share.ts";

/** npx may have to fetch some 430 MB. */
const FETCH_MS = 10 * 60_000;
/** From its start to its first word; several processes share the machine. */
const BOOT_MS = 90_000;
/** Artillery looks once a second whether it is done, and adds up its figures. */
const END_MS = 60_000;
const KILL_MS = 3_000;
const LOOK_MS = 250;
const LOOKS_PER_HAND_OVER = 4;
/** Between telling the processes when to start and the earliest that they can. */
const TELL_MS = 500;

/**
 * Starts Artillery's processes on this machine, one for each worker; resolves when all of them wait for their start. What they
 * send and get is read from their files while they run, and handed over as the facts of our own sender.
 *
 * @throws CannotRun `artillery.not-started` where npx cannot fetch it, or it does not come up.
 */
export async function startLocalArtillery(options: ArtilleryOptions, events: EngineEvents): Promise<EngineSender> {
  await fetchArtillery(options);
  const sender = new LocalSender(options, events);
  await sender.ready();
  return sender;
}

async function fetchArtillery({ folder, note, signal }: ArtilleryOptions): Promise<void> {
  const { mkdirSync } = await import("node:fs");
  mkdirSync(folder, { recursive: true });
  note(`Starting Artillery ${ARTILLERY_VERSION} through npx (which fetches it where npm has not cached it).`);
  const fetching = new ArtilleryProcess(versionCommand(), folder, join(folder, "npx.log"));
  const limit = AbortSignal.any([signal, AbortSignal.timeout(FETCH_MS)]);
  const stop = () => void fetching.stop(KILL_MS);
  limit.addEventListener("abort", stop, { once: true });
  if (limit.aborted) stop();
  await fetching.ended;
  limit.removeEventListener("abort", stop);
  if (fetching.ending !== "ended with code 0") throw notStarted(`npx ${fetching.ending}`, fetching);
}

interface Running {
  readonly files: WorkerFiles;
  readonly process: ArtilleryProcess;
  readonly linesFile: string;
  readonly lines: RequestLines;
  readonly share: readonly number[];
  readAt: number;
}

class LocalSender implements EngineSender {
  readonly leadMs: number;
  readonly #options: ArtilleryOptions;
  readonly #events: EngineEvents;
  readonly #toFact: ReturnType<typeof createSecondFacts>;
  readonly #running: readonly Running[];
  readonly #startFile: string;
  readonly #stopFile: string;
  #phases: readonly LoadPhase[] = [];
  #isStarted = false;
  #lastAtMs = 0;
  #stopping: Promise<void> | undefined = undefined;

  constructor(options: ArtilleryOptions, events: EngineEvents) {
    this.#options = options;
    this.#events = events;
    this.#toFact = createSecondFacts(options);
    const { folder, phases, workers, eventsPerRequest } = options;
    this.leadMs = planTimes(phases, workers, eventsPerRequest).leadMs + TELL_MS;
    [this.#startFile, this.#stopFile] = [join(folder, "start"), join(folder, "stop")];
    for (const file of [this.#startFile, this.#stopFile]) rmSync(file, { force: true });
    const linesOf = (worker: number) => join(folder, `requests-${worker}.txt`);
    const written = writeArtilleryFiles({
      ...options,
      target: options,
      tell: (worker) => ({
        kind: "lines",
        linesFile: linesOf(worker),
        startFile: this.#startFile,
        stopFile: this.#stopFile,
      }),
    });
    this.#running = written.map((files): Running => {
      const { worker } = files;
      writeFileSync(linesOf(worker), "");
      return {
        files,
        linesFile: linesOf(worker),
        process: new ArtilleryProcess(localCommand(files), folder, join(folder, `artillery-${worker}.log`)),
        lines: new RequestLines((request) => this.#intendedMs(request)),
        share: [...shareOf(phases, worker, workers)],
        readAt: 0,
      };
    });
  }

  async ready(): Promise<void> {
    const deadline = performance.now() + BOOT_MS;
    while (!this.#running.every(({ lines }) => lines.isReady)) {
      this.#read();
      const gone = this.#running.find(({ process, lines }) => process.ending !== undefined && !lines.isReady);
      const late = performance.now() > deadline ? this.#running.find(({ lines }) => !lines.isReady) : undefined;
      const failed = gone ?? late;
      if (this.#options.signal.aborted) return;
      if (failed !== undefined) {
        await this.#kill();
        throw notStarted(failed.process.ending ?? `said nothing for ${BOOT_MS / 1000} s`, failed.process);
      }
      await wait(LOOK_MS);
    }
  }

  send(phase: LoadPhase): void {
    this.#phases = [...this.#phases, phase];
  }

  async drained(): Promise<void> {
    this.#start();
    for (let look = 1; !this.#isDone() && this.#stopping === undefined; look += 1) {
      if (look % LOOKS_PER_HAND_OVER === 0) this.#handOver();
      else this.#read();
      await wait(LOOK_MS);
    }
    this.#handOver();
    if (this.#stopping !== undefined) return;
    for (const { files, lines, share, process } of this.#running)
      if (lines.sentRequests < share.length)
        this.#events.onBroken(`Artillery's worker ${files.worker} ${process.ending} before its last request`);
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    this.#read();
    if (!this.#isStarted || !this.#isDone()) {
      writeFileSync(this.#stopFile, "");
      await wait(this.#options.drainMs);
      await this.#kill();
    }
    // Every request is accounted for: what is left is that Artillery adds up its own figures.
    await Promise.race([
      Promise.all(this.#running.map(({ process }) => process.ended)),
      wait(END_MS, null, { ref: false }),
    ]);
    await this.#kill();
    this.#read();
    for (const { lines, share } of this.#running) lines.end(this.#phases.length === 0 ? [] : share, Date.now());
    this.#handOver();
    for (const one of this.#running) this.#tellEngine(one);
  }

  #tellEngine({ files, process }: Running): void {
    const { worker, report } = files;
    const read = ownCounters(readEngineReport(join(this.#options.folder, report)));
    const told =
      read.kind === "missing" ? { ...read, reason: `${read.reason}; it ${process.ending ?? "did not end"}` } : read;
    const { scenario } = this.#options;
    const about = { engine: "artillery", version: ARTILLERY_VERSION, worker, unnamedRequests: 0 };
    this.#events.onEngine({ fact: "load-engine", atMs: Date.now(), scenario, ...about, report: told });
  }

  /** Tells all processes at once when the first phase begins. */
  #start(): void {
    const [first] = this.#phases;
    if (this.#isStarted || first === undefined) return;
    this.#isStarted = true;
    // Put in place whole: they look for it all the time.
    writeFileSync(`${this.#startFile}.new`, String(first.startMs));
    renameSync(`${this.#startFile}.new`, this.#startFile);
  }

  #isDone(): boolean {
    return this.#running.every(
      ({ lines, share, process }) =>
        process.ending !== undefined || (lines.sentRequests === share.length && lines.openRequests === 0),
    );
  }

  #handOver(): void {
    this.#read();
    // Facts of one second and worker are told apart by their time.
    const atMs = Math.max(Date.now(), this.#lastAtMs + 1);
    this.#lastAtMs = atMs;
    for (const { files, lines } of this.#running)
      for (const columns of lines.take()) {
        const fact = this.#toFact(columns, files.worker, atMs);
        this.#events.onSecond(fact, this.#options.times ? timesOf(columns) : undefined);
      }
  }

  #read(): void {
    for (const one of this.#running) {
      const { text, readAt } = readFrom(one.linesFile, one.readAt);
      one.readAt = readAt;
      one.lines.read(text);
    }
  }

  #intendedMs(request: number): number {
    return intendedTimeOfRequest(this.#phases, this.#options.eventsPerRequest, request) ?? Number.NaN;
  }

  async #kill(): Promise<void> {
    await Promise.all(this.#running.map(({ process }) => process.stop(KILL_MS)));
  }
}

const BUFFER = Buffer.alloc(1 << 20);

/** What a file holds behind a place. Its lines are ASCII, so that no character is cut. */
function readFrom(file: string, from: number): { readonly text: string; readonly readAt: number } {
  if (!existsSync(file)) return { text: "", readAt: from };
  const handle = openSync(file, "r");
  try {
    let [text, at] = ["", from];
    for (;;) {
      const bytes = readSync(handle, BUFFER, 0, BUFFER.length, at);
      if (bytes === 0) return { text, readAt: at };
      text += BUFFER.toString("latin1", 0, bytes);
      at += bytes;
    }
  } finally {
    closeSync(handle);
  }
}

function notStarted(why: string, process: ArtilleryProcess): CannotRun {
  return new CannotRun({
    code: "artillery.not-started",
    message: `Artillery ${ARTILLERY_VERSION} did not come up: ${why}\n${process.lastWords()}`,
    place: "--engine artillery",
    remedy: `See whether \`npx --yes artillery@${ARTILLERY_VERSION} --version\` works here (it fetches some 430 MB once), or leave --engine away.`,
  });
}
