import type { CpuInfo } from "node:os";

/**
 * How many cores' worth of time the machine was idle since it was asked last, all processes counted. An event loop that waits for a core, and
 * not for an event, counts itself as idle; the machine does not.
 *
 * @param readCpus the machine's times so far, as `os.cpus` tells them
 */
export function idleCores(readCpus: () => readonly Pick<CpuInfo, "times">[]): () => number {
  let last = sumOf(readCpus());
  return () => {
    const now = sumOf(readCpus());
    const [idleMs, allMs] = [now.idleMs - last.idleMs, now.allMs - last.allMs];
    if (allMs <= 0) return 0;
    last = now;
    return (idleMs / allMs) * now.cores;
  };
}

function sumOf(cpus: readonly Pick<CpuInfo, "times">[]) {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    idleMs: sum(cpus.map(({ times }) => times.idle)),
    allMs: sum(cpus.map(({ times }) => sum(Object.values(times)))),
    cores: cpus.length,
  };
}
