/** A wait under way on a clock for tests. */
export interface Wait {
  readonly atMs: number;
  readonly end: () => void;
}

/** Adds a wait until `atMs` to those under way; resolves when it is ended, or at once when `signal` aborts. */
export function addWait(waits: Set<Wait>, atMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      waits.delete(wait);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const wait = { atMs, end };
    waits.add(wait);
    signal.addEventListener("abort", end);
  });
}
