import { createClosing } from "../model/closing.ts";
import type { Clock } from "../model/ports.ts";
import type { ExecutionEnvironment, LogLine, StartOutcome } from "./execution-environment.ts";
import type { FunctionError } from "./thread-messages.ts";

export type Acquired =
  | { readonly kind: "environment"; readonly environment: ExecutionEnvironment; readonly cold: boolean }
  | {
      readonly kind: "init-failed";
      readonly error: FunctionError;
      readonly lines: readonly LogLine[];
      readonly initDurationMs: number;
    }
  | { readonly kind: "closed" };

/** The execution environments of one function: started on demand, reused while warm, ended together. */
export interface EnvironmentPool {
  acquire(): Promise<Acquired>;
  release(environment: ExecutionEnvironment): void;
  close(): Promise<void>;
}

/** How often those who wait are looked at. */
const CHECK_EVERY_MS = 25;
/** Of the time between two looks, so much counts as looked at: while the whole machine stalls, every core seems to be spare. */
const LONGEST_LOOK_MS = 2 * CHECK_EVERY_MS;

export interface PoolOptions {
  readonly maxEnvironments: number;
  /** Most starts under way at the same time. */
  readonly maxStarting: number;
  /** So many keep the cores at work: those beyond them help where the handlers wait, and only compete where they compute. */
  readonly fewEnvironments: number;
  /** Time that an invocation waits for a warm environment before one is started for it, while there are few of them and beyond. */
  readonly patienceMs: { readonly few: Patience; readonly many: Patience };
}

interface Patience {
  /** Where the machine has a core to spare, all the while. */
  readonly withSpareCore: number;
  /** Where it has none: since the last start too, as a thread more makes all the others slower. */
  readonly withoutSpareCore: number;
}

interface PoolPorts {
  readonly clock: Clock;
  readonly start: () => Promise<StartOutcome>;
  readonly hasSpareCore: () => boolean;
}

interface Waiter {
  readonly sinceMs: number;
  readonly give: (acquired: Acquired) => void;
}

/**
 * Lambda starts an environment for every invocation that finds none free. Here they share a few cores, and a further one
 * costs its start and code that must be compiled again: so an invocation waits for a warm one first, longer where no core
 * is to spare. Whichever is free first, warm or new, serves the one who waited longest.
 */
export function createPool({ clock, start, hasSpareCore }: PoolPorts, options: PoolOptions): EnvironmentPool {
  const idle: ExecutionEnvironment[] = [];
  const all = new Set<ExecutionEnvironment>();
  const waiting: Waiter[] = [];
  const starts = new Set<Promise<void>>();
  const closing = createClosing();
  let checking = false;
  let lastStartMs = Number.NEGATIVE_INFINITY;
  const cores = spareCoreWatch(hasSpareCore);

  const give = (environment: ExecutionEnvironment, cold: boolean) => {
    const next = waiting.shift();
    if (next === undefined) idle.push(environment);
    else next.give({ kind: "environment", environment, cold });
  };
  const startOne = async () => {
    const outcome = await start();
    if (outcome.kind === "failed") {
      waiting.shift()?.give({ ...outcome, kind: "init-failed" });
      return;
    }
    all.add(outcome.environment);
    if (closing.signal.aborted) await outcome.environment.end();
    else give(outcome.environment, true);
  };
  const isWorthStarting = (): boolean => {
    const [oldest] = waiting;
    if (oldest === undefined || closing.signal.aborted || waiting.length <= starts.size) return false;
    if (starts.size >= options.maxStarting || all.size + starts.size >= options.maxEnvironments) return false;
    if (all.size + starts.size === 0) return true;
    const nowMs = clock.nowMs();
    const { few, many } = options.patienceMs;
    const { withSpareCore, withoutSpareCore } = all.size + starts.size < options.fewEnvironments ? few : many;
    const spareMs = cores.spareMs(nowMs);
    if (nowMs - Math.max(oldest.sinceMs, lastStartMs) >= withoutSpareCore) return true;
    return Math.min(nowMs - oldest.sinceMs, spareMs) >= withSpareCore;
  };
  const startWhatIsNeeded = () => {
    while (isWorthStarting()) {
      lastStartMs = clock.nowMs();
      const starting = startOne().finally(() => {
        starts.delete(starting);
        startWhatIsNeeded();
      });
      starts.add(starting);
    }
    if (waiting.length > 0 && !checking) void checkLater();
  };
  const checkLater = async () => {
    checking = true;
    await clock.wait(CHECK_EVERY_MS, closing.signal);
    checking = false;
    if (!closing.signal.aborted) startWhatIsNeeded();
  };
  return {
    acquire() {
      if (closing.signal.aborted) return Promise.resolve({ kind: "closed" });
      const environment = takeAlive(idle, all);
      if (environment !== undefined) return Promise.resolve({ kind: "environment", environment, cold: false });
      return new Promise((resolve) => {
        waiting.push({ sinceMs: clock.nowMs(), give: resolve });
        startWhatIsNeeded();
      });
    },
    release(environment) {
      if (environment.alive() && !closing.signal.aborted) return give(environment, false);
      all.delete(environment);
      startWhatIsNeeded();
    },
    async close() {
      closing.abort();
      for (const waiter of waiting.splice(0)) waiter.give({ kind: "closed" });
      await Promise.all([...all].map((environment) => environment.end()));
      await Promise.all(starts);
    },
  };
}

/** For how long each look has found a core to spare. */
function spareCoreWatch(hasSpareCore: () => boolean) {
  let spareMs = 0;
  let lookedMs = Number.POSITIVE_INFINITY;
  return {
    spareMs(nowMs: number): number {
      const sinceMs = Math.min(Math.max(0, nowMs - lookedMs), LONGEST_LOOK_MS);
      lookedMs = nowMs;
      spareMs = hasSpareCore() ? spareMs + sinceMs : 0;
      return spareMs;
    },
  };
}

function takeAlive(idle: ExecutionEnvironment[], all: Set<ExecutionEnvironment>): ExecutionEnvironment | undefined {
  for (let environment = idle.pop(); environment !== undefined; environment = idle.pop()) {
    if (environment.alive()) return environment;
    all.delete(environment);
  }
  return undefined;
}
