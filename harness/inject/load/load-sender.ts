import { Worker } from "node:worker_threads";
import type { LoadPhase } from "../../model/load.ts";
import type { LoadSecond } from "../../model/load-fact.ts";
import { outcomeKindOf } from "./answer-code.ts";
import { createSecondFacts } from "./load-second.ts";
import { type LoadTarget, resolveTarget } from "./load-target.ts";
import type { SecondColumns } from "./second-columns.ts";
import type { FromThread, ThreadStart, ToThread } from "./thread-messages.ts";

export interface LoadSenderOptions extends LoadTarget {
  /** Name of the scenario, for the facts. */
  readonly scenario: string;
  /** Sender threads. */
  readonly workers: number;
  /** Most connections, all threads together; at least one each. */
  readonly maxConnections: number;
  /** From sending a request to the end of its answer. */
  readonly requestMs: number;
  /** How long requests under way may still take when the run is stopped. */
  readonly drainMs: number;
  /** Whether `onSecond` also gets the times of each request. */
  readonly times: boolean;
  /** The bundle of `worker.ts`. */
  readonly workerFile: string;
  /** After so long without a word a thread is taken for dead; each speaks once a second. 15 s by default. */
  readonly silenceMs?: number;
}

/** The requests that ended in a second, one row each. Times are milliseconds since the epoch, with fractions. */
export interface RequestTimes {
  /** Index of the request; its events are `request * eventsPerRequest` and those that follow. */
  readonly request: Float64Array;
  readonly sentMs: Float64Array;
  readonly doneMs: Float64Array;
  /** 1 where the request was acked. */
  readonly acked: Uint8Array;
}

export interface LoadSenderEvents {
  /**
   * What one thread did in a second, soon after its end. A second may come in several parts, which add up: the last part of a
   * phase does not wait for the end of its second. `times` is there where the options ask for it.
   */
  readonly onSecond: (second: LoadSecond, times: RequestTimes | undefined) => void;
  /** A thread died or fell silent. Its facts up to then stand; what it had under way or to send is in no fact. */
  readonly onBroken: (message: string) => void;
}

export interface LoadSender {
  /** Adds a phase to send; phases are given in the order of their first requests, before they start. */
  send(phase: LoadPhase): void;
  /** Resolves when all phases given so far are sent and answered and their last second has been handed over. */
  drained(): Promise<void>;
  /**
   * Sends nothing more, gives what is under way `drainMs`, hands over the last second and ends the threads. Planned requests
   * that were not sent count as unsent. Always call it at the end, also after `drained`.
   */
  stop(): Promise<void>;
}

const SILENCE_MS = 15_000;
/** Nearly all that a request allocates is dead when it ends: a large nursery collects it seldom, which spares CPU time and pauses. */
const YOUNG_MB = 64;
/** What a thread may take beyond the drain to end by itself. */
const END_GRACE_MS = 5_000;

interface Thread {
  readonly worker: Worker;
  readonly index: number;
  state: "starting" | "running" | "halted" | "ended" | "broken";
  drainedPhases: number;
  nextRequest: number;
  heardAtMs: number;
}

/**
 * Starts the threads of a load; resolves when each is ready to send.
 *
 * @throws CannotRun where the target is none (see `resolveTarget`).
 */
export async function startLoadSender(options: LoadSenderOptions, events: LoadSenderEvents): Promise<LoadSender> {
  const sender = new ThreadedSender(options, events);
  await sender.ready();
  return sender;
}

class ThreadedSender implements LoadSender {
  readonly #options: LoadSenderOptions;
  readonly #events: LoadSenderEvents;
  readonly #toFact: ReturnType<typeof createSecondFacts>;
  readonly #threads: Thread[];
  readonly #watch: NodeJS.Timeout;
  #waiters: readonly { readonly isDone: () => boolean; readonly done: () => void }[] = [];
  #phases = 0;
  #cutIsSent = false;
  #stopping: Promise<void> | undefined = undefined;

  constructor(options: LoadSenderOptions, events: LoadSenderEvents) {
    this.#options = options;
    this.#events = events;
    this.#toFact = createSecondFacts(options);
    const target = resolveTarget(options);
    const { workers, maxConnections, requestMs } = options;
    this.#threads = Array.from({ length: workers }, (_, index) => {
      const share = Math.floor(maxConnections / workers) + (index < maxConnections % workers ? 1 : 0);
      return this.#startThread({
        ...target,
        worker: index,
        workers,
        maxConnections: Math.max(1, share),
        requestMs,
        clock: { epochMs: Date.now(), hrtime: process.hrtime() },
      });
    });
    this.#watch = setInterval(() => this.#breakSilent(), 1_000);
  }

  ready(): Promise<void> {
    return this.#until(() => this.#threads.every(({ state }) => state !== "starting"));
  }

  send(phase: LoadPhase): void {
    if (this.#stopping !== undefined) throw new Error("the load sender was stopped and takes no more phases");
    this.#phases += 1;
    this.#tell({ kind: "phase", phase });
  }

  drained(): Promise<void> {
    const phases = this.#phases;
    return this.#until(() => this.#alive().every(({ drainedPhases }) => drainedPhases >= phases));
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    const { drainMs } = this.#options;
    this.#tell({ kind: "halt", drainMs });
    const limit = setTimeout(() => {
      for (const thread of this.#alive()) this.#break(thread, "did not end when it was stopped");
    }, drainMs + END_GRACE_MS);
    await this.#until(() => this.#alive().length === 0);
    clearTimeout(limit);
    clearInterval(this.#watch);
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #startThread(start: ThreadStart): Thread {
    // Without the flags of this process: a loader of TypeScript would slow each thread's start.
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
    const worker = new Worker(this.#options.workerFile, { workerData: start, execArgv: [], resourceLimits });
    const thread: Thread = {
      worker,
      index: start.worker,
      state: "starting",
      drainedPhases: 0,
      nextRequest: 0,
      heardAtMs: performance.now(),
    };
    worker.on("message", (message: FromThread) => this.#hear(thread, message));
    worker.on("messageerror", (error) => this.#break(thread, `sent what cannot be read: ${error.message}`));
    worker.on("error", (error) => this.#break(thread, `died: ${error.message}`));
    worker.on("exit", (code) => this.#break(thread, `exited with ${code}`));
    return thread;
  }

  #hear(thread: Thread, message: FromThread): void {
    thread.heardAtMs = performance.now();
    if (thread.state === "broken") return;
    switch (message.kind) {
      case "ready":
        thread.state = "running";
        break;
      case "second":
        if (message.columns !== null) this.#handOver(thread, message.columns);
        return;
      case "drained":
        thread.drainedPhases = message.phases;
        break;
      case "halted":
        thread.state = "halted";
        thread.nextRequest = message.nextRequest;
        this.#sendCut();
        break;
      case "ended":
        thread.state = "ended";
        break;
      default:
        message satisfies never;
    }
    this.#wakeWaiters();
  }

  #handOver(thread: Thread, columns: SecondColumns): void {
    const fact = this.#toFact(columns, thread.index, Date.now());
    this.#events.onSecond(fact, this.#options.times ? timesOf(columns) : undefined);
  }

  /** When all have halted: what none of them has come to is counted as unsent by one, as a range. */
  #sendCut(): void {
    const alive = this.#alive();
    if (this.#cutIsSent || !alive.every(({ state }) => state === "halted")) return;
    this.#cutIsSent = true;
    const cut = Math.max(...alive.map(({ nextRequest }) => nextRequest));
    for (const [index, thread] of alive.entries()) {
      const message: ToThread = { kind: "abandon", cut, countsRest: index === 0 };
      thread.worker.postMessage(message);
    }
  }

  #break(thread: Thread, why: string): void {
    if (thread.state === "ended" || thread.state === "broken") return;
    thread.state = "broken";
    void thread.worker.terminate();
    this.#events.onBroken(`sender thread ${thread.index} ${why}`);
    if (this.#stopping !== undefined) this.#sendCut();
    this.#wakeWaiters();
  }

  #breakSilent(): void {
    const nowMs = performance.now();
    const { silenceMs = SILENCE_MS } = this.#options;
    for (const thread of this.#alive()) {
      const silentMs = nowMs - thread.heardAtMs;
      if (silentMs > silenceMs) this.#break(thread, `has said nothing for ${Math.round(silentMs / 1000)} s`);
    }
  }

  #alive(): Thread[] {
    return this.#threads.filter(({ state }) => state !== "ended" && state !== "broken");
  }

  #tell(message: ToThread): void {
    for (const { worker } of this.#alive()) worker.postMessage(message);
  }

  #until(isDone: () => boolean): Promise<void> {
    return new Promise((done) => {
      this.#waiters = [...this.#waiters, { isDone, done }];
      this.#wakeWaiters();
    });
  }

  #wakeWaiters(): void {
    this.#waiters = this.#waiters.filter(({ isDone, done }) => {
      if (!isDone()) return true;
      done();
      return false;
    });
  }
}

/** The times of a second's requests, for observers that prove an order. */
export function timesOf({ request, answer, sentMs, doneMs }: SecondColumns): RequestTimes {
  return {
    request,
    sentMs,
    doneMs,
    acked: Uint8Array.from(answer, (code) => (outcomeKindOf(code) === "acked" ? 1 : 0)),
  };
}
