/** How busy an event loop has been since it was asked last: 0 idle, 1 always at work. */
export type Utilization = () => number;

/**
 * Tells whether the machine has a core to spare for a further thread. Where it has none, a further execution environment only takes time
 * from those that are warm: its start costs some 200 ms of CPU, and its code is slow until it is compiled.
 */
export interface CpuGauge {
  /** Watches a thread until the returned function is called. */
  watch(utilization: Utilization): () => void;
  hasSpareCore(): boolean;
}

/** Shorter spans say more of the last callback than of the load. */
const sampleMs = 50;
/** A start takes most of a core. */
const startCost = 0.7;

/** `own` is the twin's own thread, which works for every request too. */
export function createCpuGauge(cores: number, own: Utilization, nowMs: () => number): CpuGauge {
  const watched = new Set<Utilization>([own]);
  let sampledMs = Number.NEGATIVE_INFINITY;
  let busyCores = 0;
  return {
    watch(utilization) {
      watched.add(utilization);
      busyCores += 1;
      return () => {
        watched.delete(utilization);
      };
    },
    hasSpareCore() {
      if (nowMs() - sampledMs >= sampleMs) {
        sampledMs = nowMs();
        busyCores = [...watched].reduce((sum, utilization) => sum + utilization(), 0);
      }
      return cores - busyCores >= startCost;
    },
  };
}
