import type { WorkerPerformance } from "node:worker_threads";

/** How busy an event loop has been since it was asked last: 0 idle, 1 always at work. */
type Utilization = () => number;

/**
 * Tells whether the machine has a core to spare for a further thread. Where it has none, a further execution environment only takes time
 * from those that are warm: its start costs some 200 ms of CPU, and its code is slow until it is compiled.
 */
export interface CpuGauge {
  /** Watches a thread until the returned function is called; it counts as busy until it is measured. */
  watch(utilization: Utilization): () => void;
  /** To be asked again and again while it matters: it looks at the time since it was asked last. */
  hasSpareCore(): boolean;
}

/** Shorter spans say more of the last callback than of the load … */
const SAMPLE_MS = 75;
/** … and longer ones of what was before it: after a pause the gauge has to be asked twice. */
const LONGEST_SAMPLE_MS = 250;
/** A start takes most of a core. */
const START_COST = 0.7;

interface GaugePorts {
  readonly cores: number;
  /** The twin's own thread, which works for every request too. */
  readonly own: Utilization;
  /** Cores' worth of time that the machine was idle since it was asked last; other processes compute too. */
  readonly idleCores: () => number;
  readonly nowMs: () => number;
}

export function createCpuGauge({ cores, own, idleCores, nowMs }: GaugePorts): CpuGauge {
  const watched = new Set<Utilization>([own]);
  let sampledMs = Number.NEGATIVE_INFINITY;
  let busyCores = cores;
  return {
    watch(utilization) {
      watched.add(utilization);
      busyCores += 1;
      return () => {
        watched.delete(utilization);
      };
    },
    hasSpareCore() {
      const spanMs = nowMs() - sampledMs;
      if (spanMs >= SAMPLE_MS) {
        sampledMs = nowMs();
        const busyThreads = [...watched].reduce((sum, utilization) => sum + utilization(), 0);
        const busy = Math.max(busyThreads, cores - idleCores());
        busyCores = spanMs <= LONGEST_SAMPLE_MS ? busy : cores;
      }
      return cores - busyCores >= START_COST;
    },
  };
}

/** How busy a thread's event loop has been, by its own `performance` or that of a worker. */
export function utilizationOf(source: Pick<WorkerPerformance, "eventLoopUtilization">): Utilization {
  let last = source.eventLoopUtilization();
  return () => {
    const now = source.eventLoopUtilization();
    const { utilization } = source.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
}
