/** How busy an event loop has been since it was asked last: 0 idle, 1 always at work. */
export type Utilization = () => number;

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
const sampleMs = 50;
/** … and longer ones of what was before it: after a pause the gauge has to be asked twice. */
const longestSampleMs = 250;
/** A start takes most of a core. */
const startCost = 0.7;

/** `own` is the twin's own thread, which works for every request too. */
export function createCpuGauge(cores: number, own: Utilization, nowMs: () => number): CpuGauge {
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
      if (spanMs >= sampleMs) {
        sampledMs = nowMs();
        const busy = [...watched].reduce((sum, utilization) => sum + utilization(), 0);
        busyCores = spanMs <= longestSampleMs ? busy : cores;
      }
      return cores - busyCores >= startCost;
    },
  };
}
